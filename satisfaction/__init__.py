"""Did it help: call-backs, ratings, reviews, figures."""

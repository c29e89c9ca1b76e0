"""A county's cases, questions about them with judged answers, and how well each engine answers."""

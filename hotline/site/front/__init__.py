"""The front page: last month's figures, latest replies, notices."""

"""The one page of a case, for every role, and what may be done there."""

"""The operator's drafts."""

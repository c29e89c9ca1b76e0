"""Letters to the mayor's and magistrate's mailboxes."""

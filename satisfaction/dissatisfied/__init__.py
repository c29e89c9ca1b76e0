"""Who was not satisfied: decided by a second person."""

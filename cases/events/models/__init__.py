"""Events, duties, notices, seals of chains."""

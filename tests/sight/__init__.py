"""What each person gets to see of each case, at every address, held against one table."""

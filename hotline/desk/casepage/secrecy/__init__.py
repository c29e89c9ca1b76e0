"""How secret a case is, and who may know the citizen all the same."""

"""Acts of the system administrator and their record."""

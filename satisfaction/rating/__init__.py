"""What citizens say of the handling."""

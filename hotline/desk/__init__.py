"""The desks of the staff, one package a screen; ``urls`` only gathers them."""

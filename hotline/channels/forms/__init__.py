"""What the forms of all channels have: guards before them, fields in them, the receipt after them."""

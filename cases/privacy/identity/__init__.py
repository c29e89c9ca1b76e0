"""Where a text tells who somebody is: rules over plain text, no framework."""

"""Everything that faces people and other systems: channels, desks, public site."""

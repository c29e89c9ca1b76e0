"""How anything moves: one decorator for every life cycle, and which of its arrows are open to whom."""

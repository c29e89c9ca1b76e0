"""Who is complained about: proposed, settled, let in again."""

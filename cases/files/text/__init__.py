"""The text of an attached file, taken out by a process of its own that can harm nobody.

``apart`` is our side; ``child`` and what it uses run on the other and know neither Django nor the database.
"""

"""The one page of a case, for every role, and what may be done there.

``page`` draws it. What it shows of a subject stands in the room of the subject, below ``page``; the acts of
the room are views, which draw the page again where a form was refused, and lie above it.
"""

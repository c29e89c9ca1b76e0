"""Sentences of Django that the product says in its own way; ``config/locale`` translates them.

Nothing imports the list: it keeps the sentences in the catalogue when that is made anew.
"""

from django.utils.translation import gettext_noop

OWN_WORDING = (
    gettext_noop("This field is required."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a whole number."),
)

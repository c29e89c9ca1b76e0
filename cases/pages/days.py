"""Days that people may ask about: of this century, so that no address makes a page count for ever.

Beyond them databases and time zones end, too (year 1, year 9999).
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
BEYOND = _("Choose a day between 2000 and 2099.")


def is_within(day: date) -> bool:
    """Whether a day (of the office's zone) may be asked about."""
    return FIRST <= day <= LAST


class DayField(forms.DateField):
    """A day that may be asked about."""

    def clean(self, value: object) -> date | None:
        """The day; ``ValidationError`` with a sentence for one that is not of this century."""
        day: date | None = super().clean(value)
        if day is not None and not is_within(day):
            raise ValidationError(BEYOND, code="beyond")
        return day

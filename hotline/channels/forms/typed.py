"""What may be typed into a form of a channel: how much, in which characters, which numbers."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 8, 2000  # characters of a matter
PHONE_WRONG = _("This number is not complete. Write 11 digits, or area code and number.")
# What a keyboard does not write: control characters but tab and line ends, and the mark that stands
# for bytes in an encoding that is not UTF-8.
READABLE = RegexValidator(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]",
    _("Some characters could not be read. Please write this again."),
    code="unreadable",
    inverse_match=True,
)

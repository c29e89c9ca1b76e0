"""One call, letter or visit. Many contacts may belong to one case; some belong to none."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled
from cases.words import Channel, ContactKind


class Contact(Handled):
    """A single time the citizen got in touch. Phone contacts are the calls that are counted."""

    HANDLED: ClassVar[dict[str, Voice]] = {"note": Voice.CITIZEN}

    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    kind = models.CharField(_("kind"), max_length=12, choices=ContactKind, default="first")
    at = models.DateTimeField(_("at"))
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="contacts")
    petitioner = models.ForeignKey("cases.Petitioner", models.PROTECT, null=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    operator = models.ForeignKey("cases.User", models.PROTECT, null=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["channel", "at"], name="contact_channel_at")]

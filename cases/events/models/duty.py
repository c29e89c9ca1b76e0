"""Work that an event owes to somebody: the outbox, written in the event's own transaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.events.models.leased import Leased


class Duty(Leased):
    """One event to be handed to one consumer. Deleted when done; parked with its reason when not."""

    consumer = models.CharField(_("consumer"), max_length=24)
    case = models.ForeignKey("cases.Case", models.CASCADE)
    event = models.ForeignKey("cases.Event", models.CASCADE)
    created_at = models.DateTimeField(_("owed since"))
    next_try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0
    )  # of ``Leased``, with a name
    parked = models.BooleanField(_("parked"), default=False)
    error = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        indexes = [models.Index(fields=["parked", "next_try_at"], name="duty_next")]

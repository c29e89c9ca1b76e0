"""Something that happened to an export: asked, approved, made, downloaded… One line of its record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.events.models.chain_line import ChainLine
from cases.shapes import Payload


class ExportStep(ChainLine):
    """One line. Never changed; bound to the lines before it since the version that brought ``hash``."""

    export = models.ForeignKey("search.ExportRequest", models.PROTECT, related_name="steps")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of an export")
        verbose_name_plural = _("steps of an export")
        ordering = ["export_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["export", "seq"], name="export_step_seq")]

    def facts(self) -> Payload:
        """What the chain binds: every column except the hash itself."""
        return super().facts() | {"export": self.export_id, "note": self.note}

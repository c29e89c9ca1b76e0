"""Files that came with a case or a reply. What a file is is told by its content, not its name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A stored file; ``visibility`` says whether the citizen may see it too."""

    class Kind(models.TextChoices):
        """Where it came from."""

        CITIZEN = "citizen", _("From the citizen")
        HANDLING = "handling", _("From the unit")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments/%Y/%m/")
    uploaded_by = models.ForeignKey("cases.User", models.PROTECT, null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["at", "pk"]

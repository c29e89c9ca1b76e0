"""Files that came with a case or a reply. What a file is is told by its content, not its name."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.identity.finding import Voice
from cases.privacy.models.handled import Handled


class Attachment(Handled):
    """A stored file; ``visibility`` says whether the citizen may see it too."""

    HANDLED: ClassVar[dict[str, Voice]] = {"name": Voice.CITIZEN}

    class Kind(models.TextChoices):
        """Where it came from."""

        CITIZEN = "citizen", _("From the citizen")
        HANDLING = "handling", _("From the unit")

    class TextState(models.TextChoices):
        """What became of reading its text for the search."""

        WAITING = "waiting", _("Not read yet")
        READ = "read", _("Text read")
        EMPTY = "empty", _("Without text")
        UNREADABLE = "unreadable", _("Cannot be read")
        TOO_LARGE = "too_large", _("Too large to be read")
        NO_TEXT = "no_text", _("A picture")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments/%Y/%m/")
    uploaded_by = models.ForeignKey("cases.User", models.PROTECT, null=True)
    at = models.DateTimeField(_("at"))
    text_state = models.CharField(max_length=10, choices=TextState, default=TextState.WAITING)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["text_state", "id"], name="attachment_text_state"),
        ]

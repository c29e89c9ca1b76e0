"""What was read in an attached file, for the search. Beside it, since lists of files do not need it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.events.models.leased import Leased


class AttachmentText(Leased):
    """Text of one file without personal numbers, or why there is none; how often that was tried.

    ``name`` is the file's name without them. ``is_cut``: the file holds more than is kept.
    """

    attachment = models.OneToOneField(
        "cases.Attachment", models.CASCADE, primary_key=True, related_name="reading"
    )
    name = models.CharField(_("file name"), max_length=120, blank=True)
    text = models.TextField(blank=True)
    is_cut = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        verbose_name = _("text of an attachment")
        verbose_name_plural = _("texts of attachments")

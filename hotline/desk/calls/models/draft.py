"""What an operator has typed and not finished: kept by itself, readable by nobody else."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.privacy.sealing import Sealing

if TYPE_CHECKING:
    from cases.models import User


class DraftQuerySet(models.QuerySet):
    """Whose drafts."""

    def of(self, user: "User") -> "DraftQuerySet":
        """The person's own, newest first."""
        return self.filter(operator=user.pk).order_by("-updated_at", "-pk")


class Draft(Sealing, models.Model):
    """One unfinished form. ``token`` is the form's key, so finishing it twice makes one case.

    The fields hold a caller's name and number and are therefore sealed like personal data.
    """

    SEALED: ClassVar[dict[str, str]] = {"fields_sealed": "draft:{row.operator_id}:{row.token}"}

    token = models.CharField(max_length=40, unique=True)
    operator = models.ForeignKey("cases.User", models.CASCADE, related_name="drafts")
    title = models.CharField(_("title"), max_length=120, blank=True)
    fields_sealed = models.TextField()
    updated_at = models.DateTimeField(_("saved at"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    @property
    def fields(self) -> dict[str, str]:
        """The form's fields as they were typed."""
        return json.loads(self.unsealed("fields_sealed") or "{}")

    @classmethod
    def keep(cls, user: "User", token: str, fields: dict[str, str], at: datetime) -> "Draft":
        """Save or overwrite the person's draft of this form."""
        title = " ".join((fields.get("title") or fields.get("content") or "").split())[:40]
        typed = cls(token=token, operator_id=user.pk, title=title, updated_at=at)
        typed.seal_in("fields_sealed", json.dumps(fields, ensure_ascii=False))
        draft, _made = cls.objects.update_or_create(
            token=token,
            operator_id=user.pk,
            defaults={"title": title, "fields_sealed": typed.fields_sealed, "updated_at": at},
        )
        return draft

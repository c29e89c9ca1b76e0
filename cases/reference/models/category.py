"""What a matter is about: a tree of three levels, loadable, never code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A node; the code of a child begins with its parent's (``01``, ``0103``, ``010302``)."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(_("path"), max_length=200, blank=True)
    pinyin = models.CharField(_("pinyin initials"), max_length=60, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.path or self.name

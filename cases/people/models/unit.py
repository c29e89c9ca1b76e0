"""Handling units (承办单位) and the office itself, as a tree: county → bureau → section."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.people.recusal import Tree
from cases.words import UnitKind


class Unit(models.Model):
    """A unit that can be given work. ``code`` is stable; names may change over the years."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    pinyin = models.CharField(_("pinyin initials"), max_length=80, blank=True, db_index=True)
    phone = models.CharField(_("duty phone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name or self.name

    def tree_ids(self) -> list[int]:
        """Ids of this unit and everything below it."""
        return sorted(whole_tree().down(self.pk))


def whole_tree() -> Tree:
    """Read all units as they hang on each other: one query."""
    return Tree.of(Unit.objects.order_by().values_list("pk", "parent_id", "kind"))

"""Synonym sets of the office: words that mean the same when a person searches, and who changed them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymSet(models.Model):
    """Words that stand for each other. ``words``: one a line, as the office wrote them."""

    code = models.SlugField(_("code"), max_length=40, blank=True)  # of shipped sets
    words = models.TextField(_("words"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("synonym set")
        verbose_name_plural = _("synonym sets")
        ordering = ["-is_active", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="one_synonym_set_each_code"
            )
        ]

    def __str__(self) -> str:
        return " · ".join(self.listed)

    @property
    def listed(self) -> list[str]:
        """The words in the order they were written."""
        return self.words.splitlines()


class SynonymWord(models.Model):
    """One folded word of a set in use: what a search reads. A word stands in one set only."""

    word = models.CharField(max_length=20, unique=True)
    synonyms = models.ForeignKey(SynonymSet, models.CASCADE, related_name="entries")

    def __str__(self) -> str:
        return self.word


class SynonymChange(models.Model):
    """One act on a set, kept for good: who, when, and what it says since."""

    class Act(models.TextChoices):
        """What was done."""

        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        RETIRED = "retired", _("taken out of use")
        RESTORED = "restored", _("put back into use")

    synonyms = models.ForeignKey(SynonymSet, models.PROTECT, related_name="changes")
    act = models.CharField(_("act"), max_length=8, choices=Act)
    words = models.TextField(_("words"))
    words_before = models.TextField(_("words before"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("cases.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of a synonym set")
        verbose_name_plural = _("changes of synonym sets")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.shown}"

    @property
    def shown(self) -> str:
        """The words since, in one line."""
        return " · ".join(self.words.splitlines())

    @property
    def shown_before(self) -> str:
        """The words until then, in one line."""
        return " · ".join(self.words_before.splitlines())

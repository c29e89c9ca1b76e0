"""Members of staff and what they are trusted with."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.people.models.unit import whole_tree
from cases.people.recusal import Tree
from cases.words import Role

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


class User(AbstractUser):
    """An account of one person. Roles are rows of ``UserRole``; ``unit`` is where they work."""

    kind = "staff"  # as events keep it; see ``Person``
    first_name = None  # type: ignore[assignment]  # one name; Django takes the field away
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=40)
    staff_number = models.CharField(_("staff number"), max_length=12, blank=True)
    unit = models.ForeignKey("cases.Unit", models.PROTECT, null=True, blank=True)
    history_length = models.PositiveIntegerField(default=0, editable=False)
    history_head = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name as it is shown."""
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Slugs of ``words.Role``; read once for each request."""
        if self.pk is None or not self.is_active:
            return frozenset()
        return frozenset(self.role_rows.values_list("role", flat=True))

    @cached_property
    def units(self) -> Tree:
        """All units as they hang on each other; read once for each request."""
        return whole_tree()

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Ids of the person's unit and the units below it; empty without a unit."""
        return self.units.down(self.unit_id) if self.unit_id else frozenset()

    @cached_property
    def barred_ids(self) -> frozenset[int]:
        """Ids of the units whose being complained about hides a case from this person."""
        return self.units.barred_to(self.unit_id) if self.unit_id else frozenset()

    def has_role(self, *roles: str) -> bool:
        """Whether the person holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def unit_name(self) -> str:
        """Name of the unit at this moment, for the record."""
        return str(self.unit) if self.unit_id else ""

    def give(self, *roles: str) -> None:
        """Give roles; the three administrators stay separate persons (等保2.0; H1)."""
        held = set(self.role_rows.values_list("role", flat=True)) | set(roles)
        if len(held & ADMINISTRATORS) > 1 or (held & ADMINISTRATORS and held - ADMINISTRATORS):
            raise ValidationError(
                _("The three administrators are separate accounts without other roles.")
            )
        for role in roles:
            self.role_rows.get_or_create(role=Role(role).value)
        self.__dict__.pop("roles", None)


class UserRole(models.Model):
    """One role of one person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_rows")
    role = models.CharField(_("role"), max_length=16, choices=Role)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="user_role_once")]

    def __str__(self) -> str:
        return self.get_role_display()

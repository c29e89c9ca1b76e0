"""Who spoke to the office: personal data in its own table, encrypted, masked, found by keyed hash."""

from typing import ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cases.privacy.crypto import keyed_hash, keyed_hashes, mask_name, mask_phone
from cases.privacy.keyring import LOOKUP
from cases.privacy.keys import is_changing
from cases.privacy.phone import normalise
from cases.privacy.sealing import Sealing

TAIL = 4  # digits that every mask of a whole number shows


class PetitionerQuerySet(models.QuerySet["Petitioner"]):
    """Look-ups that never need to decrypt."""

    def by_phone(self, phone: str) -> "PetitionerQuerySet":
        """Everybody who gave this number, however it was written."""
        digits = normalise(phone)
        return self.filter(phone_hash__in=keyed_hashes(digits)) if digits else self.none()

    def by_tail(self, tail: str) -> "PetitionerQuerySet":
        """Everybody whose number ends in these four digits."""
        return self.filter(phone_tail=tail) if len(tail) == TAIL else self.none()


class Petitioner(Sealing, models.Model):
    """A citizen as they gave themselves in one contact. Immutable after intake (`domain.md` §6)."""

    SEALED: ClassVar[dict[str, str]] = {
        "name_sealed": "petitioner.name:{row.pk}",
        "phone_sealed": "petitioner.phone:{row.pk}",
    }

    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    name_mask = models.CharField(_("name"), max_length=40, blank=True)
    phone_mask = models.CharField(_("phone"), max_length=24, blank=True)
    phone_tail = models.CharField(max_length=TAIL, blank=True, default="", db_index=True)
    gender = models.CharField(
        _("gender"),
        max_length=1,
        blank=True,
        choices=[("f", _("Female")), ("m", _("Male"))],
    )

    objects = PetitionerQuerySet.as_manager()

    class Meta:
        verbose_name = _("petitioner")
        verbose_name_plural = _("petitioners")

    def __str__(self) -> str:
        return " · ".join(part for part in (self.name_mask, self.phone_mask) if part)

    @classmethod
    def of(cls, *, name: str = "", phone: str = "", gender: str = "", pk: int) -> "Petitioner":
        """An unsaved petitioner with this id and everything sealed, hashed and masked."""
        one, digits = cls._known(phone, name, gender), normalise(phone)
        one.pk = pk
        one.seal_identity(name, digits)
        return one

    @classmethod
    def keep(cls, *, name: str = "", phone: str = "", gender: str = "") -> "Petitioner":
        """Insert one. Two writes, both or none: what is sealed is bound to the id it was given."""
        one = cls._known(phone, name, gender)
        with transaction.atomic(savepoint=False):
            one.save(force_insert=True)
            one.seal_identity(name, normalise(phone))
            one.save(update_fields=[*cls.SEALED])
        return one

    @classmethod
    def _known(cls, phone: str, name: str, gender: str) -> "Petitioner":
        digits = normalise(phone)
        mask = mask_phone(digits)
        return cls(
            phone_hash=keyed_hash(digits),
            name_mask=mask_name(name),
            phone_mask=mask,
            phone_tail=mask[-TAIL:] if mask[-TAIL:].isdecimal() else "",
            gender=gender,
        )

    def seal_identity(self, name: str, digits: str) -> None:
        """Put both in, sealed for this row; it has its id."""
        self.seal_in("name_sealed", name)
        self.seal_in("phone_sealed", digits)

    @property
    def name(self) -> str:
        """The name in clear; only for those who may reveal it."""
        return self.unsealed("name_sealed")

    @property
    def phone(self) -> str:
        """The number in clear; only for those who may reveal it."""
        return self.unsealed("phone_sealed")

    @property
    def phone_hashes(self) -> tuple[str, ...]:
        """What the number's rows are found by; while the key changes, under the old and the new one."""
        if not self.phone_hash:
            return ()
        return keyed_hashes(self.phone) if is_changing(LOOKUP) else (self.phone_hash,)


class ViewLog(models.Model):
    """Who saw which personal field of which case, when, and why (`domain.md` §2.7)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="view_log")
    user = models.ForeignKey("cases.User", models.PROTECT)
    fields = models.CharField(_("fields"), max_length=80)
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("at"), db_index=True)
    is_duty = models.BooleanField(default=False)  # a queue asked for it, such as a call-back

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="viewlog_user_at")]
        verbose_name = _("view of personal data")
        verbose_name_plural = _("views of personal data")
        ordering = ["-at"]

"""What the office knows of who is meant in a case's texts, and how its texts are made with it."""

from typing import Self, Unpack

from django.db.models import Q

from cases.lifecycle.models.case_fields import CaseFields
from cases.lifecycle.models.contact import Contact
from cases.people.kept import public_phones
from cases.privacy.handling import Identity, Knowledge
from cases.privacy.identity.finding import Known, homes_in, names_in
from cases.privacy.identity.names import NOBODY
from cases.privacy.models.handled import SaveOptions
from cases.privacy.models.original import key_of
from cases.privacy.models.petitioner import Petitioner
from cases.secrecy import handling
from cases.secrecy.models.contact_grant import ContactGrant
from cases.words import Secrecy

INTRODUCING = ("title", "content", "request")  # whoever writes says in these who they are
PLACING = (*INTRODUCING, "address")  # and in these where they live


class CaseIdentity(CaseFields):
    """Part of ``Case``."""

    class Meta(CaseFields.Meta):
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """A new case learns who is meant before its texts are made."""
        if self._state.adding:
            self.learn(**{name: getattr(self, name) for name in PLACING})
            self.handled_at = self.registered_at
        super().save(**options)

    def of_case(self) -> Self:
        """The case itself."""
        return self

    @property
    def identity(self) -> Identity:
        """What its texts and the persons of the office said of who is meant."""
        return Identity.of(self.unsealed("identity_sealed") if self.identity_sealed else "")

    def keep_identity(self, identity: Identity) -> None:
        """Seal it; not saved. Texts made from now on are made with it."""
        self.identity_sealed = ""
        if identity:
            self.seal_in("identity_sealed", identity.as_text())
        self.__dict__.pop("_knowledge", None)

    def learn(self, *, address: str = "", **texts: str) -> None:
        """Remember the names that texts introduce and the rooms of flats they name; not saved.

        An address introduces nobody. Rooms are kept whatever the secrecy, which may be raised later.
        """
        said = list(filter(None, texts.values()))
        known = self.identity
        names = sorted({name for text in said for name in names_in(text)} - {*known.keep})
        rooms = sorted({room for text in (*said, address) for room in homes_in(text)})
        more = known.with_names(names).with_rooms(rooms)
        if more != known:
            self.keep_identity(more)

    def introducing(self) -> list[tuple[str, str]]:
        """The columns in which somebody says who they are, or where, with the keys of their originals."""
        return [(name, key_of(self, name)) for name in PLACING]

    def reread(self, before: str) -> None:
        """The secrecy was ``before``: where the citizen stays unknown now, or no longer, texts change."""
        if (before == Secrecy.NORMAL) != (self.secrecy == Secrecy.NORMAL):
            self.__dict__.pop("_knowledge", None)
            if self.handled_at:
                handling.make(self, self.handled_at)

    def knowledge(self) -> Knowledge:
        """Everything its texts are read with: its people, what was said of them, the units' numbers."""
        if "_knowledge" not in self.__dict__:
            people = self._people()
            known = Known(
                names=tuple({one.name for one in people} - {"", *NOBODY}),
                numbers=tuple({one.phone for one in people} - {""}),
                public_numbers=public_phones(),
                stays_unknown=self.secrecy != Secrecy.NORMAL,
            )
            self._knowledge = Knowledge(known, self.identity)
        return self._knowledge

    def knowledge_of_unit(self, writer_pk: int | None) -> Knowledge:
        """What a text is read with that a person of a unit wrote.

        Whoever must not know the citizen would learn from a stand-in which of their guesses is right, and so
        would whoever reads it: such words stay as they are, but for numbers and names that they introduce
        themselves. Whoever was named to contact the citizen, now or before, knows it anyway.
        """
        if self.secrecy == Secrecy.NORMAL:
            return self.knowledge()
        if writer_pk and ContactGrant.objects.filter(case=self.pk, user=writer_pk).exists():
            return self.knowledge()
        return Knowledge(Known(public_numbers=self.knowledge().known.public_numbers))

    def _people(self) -> list[Petitioner]:
        """Everybody who spoke to the office about the case."""
        if self._state.adding:
            return [self.petitioner] if self.petitioner else []
        spoke = Contact.objects.filter(case=self.pk).values("petitioner")
        return list(Petitioner.objects.filter(Q(pk=self.petitioner_id) | Q(pk__in=spoke)))

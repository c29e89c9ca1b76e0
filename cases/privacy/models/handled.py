"""For models that hold what people wrote: whoever writes it, the row keeps the handling text (办理文本).

A text is made when its row is written, so that no verb can forget it; the original goes to ``Original``,
sealed. What a row holds is therefore fit to be listed, searched, exported and told. Rows written past
``save`` are not made: their case stays without ``handled_at``, and no unit sees it
(``cases.lifecycle.remaking``).
"""

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, Unpack

from django.db import models, transaction

from cases.privacy.handling import STANDS, Knowledge, cut, made, restored
from cases.privacy.identity.finding import Voice
from cases.privacy.models.original import Original, key_of, originals_of

if TYPE_CHECKING:
    from django.db.models.base import ModelBase

    from cases.lifecycle.identity import CaseIdentity


class SaveOptions(TypedDict, total=False):
    """What Django's ``save`` takes."""

    force_insert: "bool | tuple[ModelBase, ...]"
    force_update: bool
    using: str | None
    update_fields: Iterable[str] | None


class Handled(models.Model):
    """Mixin; ``HANDLED`` names the columns and whose voice each is."""

    HANDLED: ClassVar[dict[str, Voice]] = {}
    CASE: ClassVar[str] = "case"  # the way to its case, in a filter

    class Meta:
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Make the texts that changed, then write row and originals, both or none."""
        written = self._written(options.get("update_fields"))
        if not written:
            super().save(**options)
            return
        with transaction.atomic(savepoint=False):
            before = {} if self._state.adding else originals_of([self])
            self._make(written, before)
            super().save(**options)
            self._keep(written, before)
        self._as_read = {name: getattr(self, name) for name in self.HANDLED}

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[object],
        **options: Any,
    ) -> Self:
        """Remember the texts as read: what did not change is not made again."""
        one = super().from_db(db, field_names, values, **options)
        one.__dict__["_as_read"] = {
            name: one.__dict__[name] for name in cls.HANDLED if name in one.__dict__
        }
        return one

    def of_case(self) -> "CaseIdentity | None":
        """The case whose people may be meant; ``None`` for a text of none."""
        found: CaseIdentity | None = attrgetter(self.CASE.replace("__", "."))(self)
        return found

    def as_written(self) -> dict[str, str]:
        """Every text as it was written; only for its author, the citizen, and whoever gave a reason."""
        kept = originals_of([self])
        return {
            name: kept[key].text if (key := key_of(self, name)) in kept else getattr(self, name)
            for name in self.HANDLED
        }

    def original(self, name: str) -> str:
        """One of them."""
        kept = Original.objects.filter(key=key_of(self, name)).first()
        return kept.text if kept else getattr(self, name)

    def left_open(self, name: str, text: str) -> list[str]:
        """Stand-ins in what somebody wrote for a column that no original brings back.

        Whoever reads the original, the citizen of a reply, would read them so.
        """
        had = originals_of([self]).get(key_of(self, name))
        if had is None:
            return STANDS.findall(text)
        case, voice = self.of_case(), self.HANDLED[name]
        back = restored(text, had.text, self._known_of(name, case), voice)
        if back == text and case is not None:
            back = restored(text, had.text, case.knowledge(), voice)
        return STANDS.findall(back)

    def _written(self, only: Iterable[str] | None) -> dict[str, str]:
        """The changed texts by column, as written."""
        before = self.__dict__.get("_as_read", {})
        return {
            name: self.__dict__[name] or ""
            for name in self.HANDLED
            if name in self.__dict__
            and (only is None or name in only)
            and (self.__dict__[name] or name in before)
            and self.__dict__[name] != before.get(name)
        }

    def reads_with(self, name: str, case: "CaseIdentity") -> Knowledge:
        """What a text is read with; less where its writer must not learn whether a guess is right."""
        return case.knowledge()

    def _known_of(self, name: str, case: "CaseIdentity | None") -> Knowledge:
        """The same; nothing is known where there is no case."""
        return Knowledge() if case is None else self.reads_with(name, case)

    def make_again(
        self, case: "CaseIdentity", originals: dict[str, Original], *, is_first: bool
    ) -> bool:
        """Make every text anew from what was written; returns whether one changed. The case is locked.

        ``is_first``: texts of before, by units that knew the citizen then: nothing in them is a guess.
        """
        apart: set[str] = set() if is_first else self._guesses(case)
        apart |= set(self._written(None))  # about to be saved, and made then
        texts = {
            name: originals[key].text if (key := key_of(self, name)) in originals else now
            for name in self.HANDLED
            if (now := getattr(self, name)) is not None and name not in apart
        }
        now = {
            name: self._fit(
                name, text, case.knowledge() if is_first else self.reads_with(name, case)
            )
            for name, text in texts.items()
        }
        changed = {name: text for name, text in now.items() if text != getattr(self, name)}
        if not changed:
            return False
        type(self)._base_manager.filter(pk=self.pk).update(**changed)  # noqa: SLF001 - our own model
        self.__dict__.update(changed)
        self._as_read = self.__dict__.get("_as_read", {}) | now
        self._keep({name: texts[name] for name in changed}, originals)
        return True

    def _make(self, written: dict[str, str], before: dict[str, Original]) -> None:
        """Put the handling texts into the row; ``written`` becomes the originals in full."""
        case = self.of_case()
        for name, text in written.items():
            knowledge = self._known_of(name, case)
            if had := before.get(key_of(self, name)):
                voice = self.HANDLED[name]
                back = restored(text, had.text, knowledge, voice)
                if (
                    back == text and case is not None
                ):  # somebody who knew the citizen wrote it before
                    back = restored(text, had.text, case.knowledge(), voice)
                written[name] = back
            # Of what was typed: its stand-ins stay, whoever typed the words around them
            setattr(self, name, self._fit(name, text, knowledge))

    def _guesses(self, case: "CaseIdentity") -> set[str]:
        """Texts whose writer must not learn whether a guess is right: they stay as they were made."""
        whole = case.knowledge()
        return {name for name in self.HANDLED if self.reads_with(name, case) is not whole}

    def _fit(self, name: str, text: str, knowledge: Knowledge) -> str:
        length: int | None = getattr(self._meta.get_field(name), "max_length", None)
        return cut(made(text, knowledge, self.HANDLED[name]), length)

    def _keep(self, written: dict[str, str], before: dict[str, Original]) -> None:
        """Write the originals that differ; one that no longer does goes."""
        case = self.of_case()
        case_id = None if case is None else case.pk
        for name, text in written.items():
            key = key_of(self, name)
            if text == getattr(self, name):
                if key in before:
                    before[key].delete()
                continue
            one = before.get(key) or Original(case_id=case_id, key=key)
            one.seal_in("text_sealed", text)
            one.save()

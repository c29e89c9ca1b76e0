"""Keep the office's synonym sets, and hand them to a search: an edit holds from the next one on.

A set has two words or more; a word stands in one set in use only (a unique row, so two people at once
cannot break it). Every act leaves a ``SynonymChange``.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.errors import IllegalStep, NotPermitted, Refused
from cases.people.permissions import may
from cases.people.person import Person
from search.asking.models.synonym import SynonymChange, SynonymSet, SynonymWord
from search.words.folding import fold
from search.words.tokens import phrase

FEWEST, MOST = 2, 12  # words of a set
SHORTEST, LONGEST = 2, 20  # characters of a word
Act = SynonymChange.Act


def groups() -> dict[str, Sequence[str]]:
    """Each folded word in use to the words of its set, itself included. One query."""
    sets: dict[int, list[str]] = {}
    for pk, word in SynonymWord.objects.order_by("pk").values_list("synonyms_id", "word"):
        sets.setdefault(pk, []).append(word)
    return {word: words for words in sets.values() for word in words}


def read_words(text: str) -> list[str]:
    """Read words one a line or separated by commas; raises ``Refused`` with what is wrong."""
    kept: dict[str, str] = {}
    for word in re.split(r"[\n,，、;；]+", text):
        if bare := " ".join(word.split()):
            kept.setdefault(fold(bare), bare)
    found = list(kept.values())
    if len(found) < FEWEST:
        raise Refused(_("A set needs two different words at least."))
    if len(found) > MOST:
        raise Refused(_("A set has at most %(most)d words. Make two sets of it.") % {"most": MOST})
    for word in found:
        if not SHORTEST <= len(word) <= LONGEST:
            raise Refused(
                _("“%(word)s”: a word has %(shortest)d to %(longest)d characters.")
                % {"word": word[:40], "shortest": SHORTEST, "longest": LONGEST}
            )
        if "\x00" in word or not phrase(word).tokens:
            raise Refused(_("“%(word)s” holds no word to search for.") % {"word": word})
    return found


def keep_set(
    one: SynonymSet | None, *, text: str, note: str, revision: int = 0, by: Person, at: datetime
) -> SynonymSet:
    """Add a set, or change one that is at ``revision``.

    Raises ``Refused`` when the words do not make a set, ``IllegalStep`` when somebody changed it
    meanwhile, ``NotPermitted`` for those who may not.
    """
    _guard(by)
    words = "\n".join(read_words(text))
    note = " ".join(note.split())[:200]
    with transaction.atomic():
        if one is None:
            kept = SynonymSet(words=words, note=note, changed_at=at, changed_by_id=by.pk)
            kept.save()
            _record(kept, Act.ADDED, "", by, at)
        else:
            kept = _locked(one, revision)
            if not kept.is_active:
                raise IllegalStep(_("This set is out of use. Put it back into use first."))
            before, kept.words, kept.note = kept.words, words, note
            _save(kept, by, at)
            _record(kept, Act.CHANGED, before, by, at)
        _enter(kept)
    return kept


def retire(one: SynonymSet, *, revision: int, by: Person, at: datetime) -> SynonymSet:
    """Take a set out of use; its words are free for another."""
    return _switch(one, active=False, revision=revision, by=by, at=at)


def restore(one: SynonymSet, *, revision: int, by: Person, at: datetime) -> SynonymSet:
    """Put a set back into use; refused while one of its words stands in another set."""
    return _switch(one, active=True, revision=revision, by=by, at=at)


def _switch(
    one: SynonymSet, *, active: bool, revision: int, by: Person, at: datetime
) -> SynonymSet:
    _guard(by)
    with transaction.atomic():
        kept = _locked(one, revision)
        if kept.is_active == active:
            raise IllegalStep(_("Somebody else was first: look at the set again."))
        kept.is_active = active
        _save(kept, by, at)
        _record(kept, Act.RESTORED if active else Act.RETIRED, kept.words, by, at)
        _enter(kept)
    return kept


def _guard(by: Person) -> None:
    if not may(by, "search.synonyms"):
        raise NotPermitted("search.synonyms")


def _locked(one: SynonymSet, revision: int) -> SynonymSet:
    kept = SynonymSet.objects.select_for_update().get(pk=one.pk)
    if kept.revision != revision:
        raise IllegalStep(_("Somebody else was first: look at the set again."))
    return kept


def _save(kept: SynonymSet, by: Person, at: datetime) -> None:
    kept.revision += 1
    kept.changed_at, kept.changed_by_id = at, by.pk
    kept.save()


def _record(kept: SynonymSet, act: str, before: str, by: Person, at: datetime) -> None:
    SynonymChange.objects.create(
        synonyms=kept, act=act, words=kept.words, words_before=before, note=kept.note,
        at=at, by_id=by.pk,
    )  # fmt: skip


def _enter(kept: SynonymSet) -> None:
    """Write the words that searches read; refuse one that stands in another set."""
    kept.entries.all().delete()
    if not kept.is_active:
        return
    words = [fold(word) for word in kept.listed]
    taken = SynonymWord.objects.filter(word__in=words).select_related("synonyms").first()
    if taken:
        raise Refused(
            _("“%(word)s” stands in the set “%(set)s” already. Change that one.")
            % {"word": taken.word, "set": taken.synonyms}
        )
    try:
        with transaction.atomic():
            SynonymWord.objects.bulk_create(SynonymWord(word=word, synonyms=kept) for word in words)
    except IntegrityError as error:  # another person entered it a moment ago
        raise Refused(_("One of the words was just entered in another set. Look again.")) from error

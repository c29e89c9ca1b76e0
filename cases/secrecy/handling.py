"""Handling texts of whole cases: corrected by a person, made for cases of before (`domain.md` §2.7).

A row's texts are made when it is written (``cases.privacy.models.handled``). Here all of a case's are made
anew from what was written: when somebody says what else tells who is meant, and once for each case of before
(``cases.lifecycle.remaking``).
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext as _

from cases.errors import Refused
from cases.privacy.handling import LEAST, Knowledge, handling_marks
from cases.privacy.identity.closely import PLATE
from cases.privacy.identity.finding import NUMBER
from cases.privacy.identity.names import titled_names
from cases.privacy.identity.signs import OWN_CAR
from cases.privacy.identity.spelling import bare, spelled
from cases.privacy.models.handled import Handled
from cases.privacy.models.original import Original, originals_of
from cases.shapes import Payload
from cases.words import Secrecy

if TYPE_CHECKING:
    from cases.lifecycle.identity import CaseIdentity
    from cases.lifecycle.models.case import Case

MOST = 30  # words a person may add to a case, each way
LENGTH = 60  # characters of one
APART = re.compile(r"[、，,；;\n]")


def handled_models() -> list[type[Handled]]:
    """Every model with texts that people wrote, in a fixed order."""
    found = (model for model in apps.get_models() if issubclass(model, Handled))
    return sorted(found, key=lambda model: model._meta.label_lower)  # noqa: SLF001


def correct(case: "Case", hide: str, keep: str, *, at: datetime) -> Payload:
    """Leave words out of every text of the case, or let them stand; with none, only make them anew.

    Several words are set apart by 、 or a comma. What was last said of a word holds. Raises ``Refused`` for
    what is no word. The record says how many, never which.
    """
    out, back = _words(hide), _words(keep)
    identity = case.identity
    for word in back:
        _must_not_tell_who(case, word)
    hidden = _added(identity.hide, out, back)
    kept = _added(identity.keep, back, out)
    if len(hidden) > MOST or len(kept) > MOST:
        raise Refused(_("No more than %(most)d words can be added to one case.") % {"most": MOST})
    case.keep_identity(replace(identity, hide=hidden, keep=kept))
    n = make(case, at)
    return {
        "hidden": len(hidden),
        "kept": len(kept),
        "texts": n,
        "left_out": len(out),
        "shown": len(back),
    }


def _words(said: str) -> tuple[str, ...]:
    words = tuple(filter(None, (one.strip() for one in APART.split(said)))) or (said.strip(),)
    for word in filter(None, words):
        if len(word) > LENGTH or sum(map(str.isalnum, bare(word))) < LEAST:
            raise Refused(
                _("Write 2 to %(most)d letters or digits as they stand in the text.")
                % {"most": LENGTH}
            )
    return tuple(filter(None, words))


def _added(
    had: tuple[str, ...], more: tuple[str, ...], against: tuple[str, ...]
) -> tuple[str, ...]:
    """The words of one way: those of before that nobody now says the contrary of, and the new ones."""
    contrary = set(map(bare, against))
    return tuple(dict.fromkeys((*(one for one in had if bare(one) not in contrary), *more)))


def _must_not_tell_who(case: "Case", keep: str) -> None:
    """Raise ``Refused`` for a word that is, or holds, or is part of who brought the case.

    On confidential and secret cases the names that its texts introduce count as well.
    """
    knowledge, word = case.knowledge(), bare(keep)
    own = [*knowledge.known.names, *knowledge.known.numbers]
    if case.secrecy != Secrecy.NORMAL:
        own += knowledge.identity.names
        _must_be_no_number(case, knowledge, keep)
    is_part = bool(word) and any(word in bare(one) or bare(one) in word for one in own)
    if is_part or any(True for _span in titled_names(spelled(keep).text, own)):
        raise Refused(
            _("“%(word)s” tells who brought this matter: it stays left out.") % {"word": keep}
        )


def _must_be_no_number(case: "Case", knowledge: Knowledge, keep: str) -> None:
    """Raise ``Refused`` for what the texts of a case hold as somebody's number, whole or in part.

    The plate of a car that nobody called their own may be the matter, and be shown.
    """
    word = bare(keep)
    for one in Original.objects.filter(case=case):
        text = one.text
        for mark in handling_marks(text, knowledge):
            if PLATE.fullmatch(word) and not OWN_CAR.search(text[: mark.start]):
                continue
            piece = bare(text[mark.start : mark.end]) if mark.kind == NUMBER else ""
            if piece and (word in piece or piece in word):
                raise Refused(
                    _(
                        "“%(word)s” is somebody's number: where the citizen stays unknown it stays left out."
                    )
                    % {"word": keep}
                )


def make(case: "CaseIdentity", at: datetime) -> int:
    """Make every text of a locked case anew; returns how many rows changed. The case itself is not saved."""
    originals = originals_of([case])
    case.learn(
        **{
            name: originals[key].text if key in originals else getattr(case, name)
            for name, key in case.introducing()
        }
    )
    rows = [row for model in handled_models() for row in _rows(model, case)]
    originals = originals_of(rows)
    is_first = case.handled_at is None
    changed = sum(row.make_again(case, originals, is_first=is_first) for row in rows)
    case.handled_at = at
    return changed


def _rows(model: type[Handled], case: "CaseIdentity") -> list[Handled]:
    if isinstance(case, model):
        return [case]
    rows = model._default_manager.filter(**{model.CASE: case.pk}).order_by("pk")  # noqa: SLF001
    return list(rows)

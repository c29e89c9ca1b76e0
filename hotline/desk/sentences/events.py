"""What each event says to a person: one sentence, what was written, and why. One module for all.

Timeline and notices use the same words. Every kind that a step or the sweep records has its
sentence here; a test compares the lists.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Choices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Event, Notice, RelayResult, User
from cases.people.sight import hears_why
from cases.privacy.handling import Knowledge, made
from cases.shapes import Payload
from cases.templatetags import timewords
from cases.words import Channel, ContactMethod, Outcome, RespondentState, Secrecy, Solved
from hotline.desk.sentences import audit as auditing
from hotline.desk.sentences import classing
from hotline.desk.sentences import search as searching
from hotline.publishing import sentences as publishing
from satisfaction.words import CallResult, RatingChannel, Score


@dataclass(frozen=True)
class EventTold:
    """One entry of a timeline. ``tone`` "late" marks what went wrong."""

    text: str
    quote: str = ""
    why: str = ""
    tone: str = ""


def tell_event(
    event: Event, knowledge: Knowledge | None = None, *, is_brief: bool = False
) -> EventTold:
    """Say an event in the person's language; an unknown kind is named, never hidden.

    ``knowledge``: what was written is read with it once more (``made_for``). ``is_brief``: without what was
    changed from what to what.
    """
    facts = {"unit": event.unit_name, "who": event.actor_name} | event.payload
    told = _told(event.kind, facts | {"changed": {}} if is_brief else facts)
    if knowledge is None:
        return told
    return replace(told, quote=made(told.quote, knowledge), why=made(told.why, knowledge))


def made_for(case: Case, event: Event) -> Knowledge | None:
    """What an event is told with that is older than the handling texts of its case: it is sealed as it is."""
    if case.handled_at is not None and event.at >= case.handled_at:
        return None
    return case.knowledge_of_unit(event.actor_id) if event.kind in OF_UNIT else case.knowledge()


def tell_notice(notice: Notice, person: User) -> EventTold:
    """Say a notice: that of its event, or its own kind when it is about no single case.

    Without a reason that the office keeps to itself, to whoever is not of the office. What was written
    before the case's texts were made is read on the page of the case, not in a list.
    """
    if not notice.event:
        return _told(notice.kind, notice.payload)
    told, case = tell_event(notice.event), notice.case
    is_older = case and (case.handled_at is None or notice.event.at < case.handled_at)
    is_kept = not hears_why(person, notice.event.kind)
    return replace(told, quote="", why="") if is_older or is_kept else told


def _told(kind: str, payload: Payload) -> EventTold:
    found = SENTENCES.get(kind)
    if found is None:
        return EventTold(gettext("Recorded: %(kind)s") % {"kind": kind})
    sentence, quote = found
    words = {name: say(payload) for name, say in WORDS.items()}
    facts = payload | words
    late = kind.endswith(LATE_KINDS) or payload.get("on_time") is False
    return EventTold(
        str(sentence) % _Blank(facts),
        quote=str(payload.get(quote, "")) if quote else "",
        why=str(payload.get("basis", "")),
        tone="late" if late else "",
    )


OF_UNIT = {  # a unit's own words
    *("relay_asked", "return_asked", "extension_asked", "contributed", "contacted", "sent_back"),
}
LATE_KINDS = ("became_overdue", "escalated", "dissatisfied", "export_failed")


class _Blank(dict):
    """An old event may lack a fact that newer ones carry: the sentence then has a gap."""

    def __missing__(self, key: str) -> str:
        return ""


def _moment(text: str) -> str:
    return timewords.when(datetime.fromisoformat(text), timezone.now()) if text else ""


def _due(text: str) -> str:
    return timewords.due_when(datetime.fromisoformat(text), timezone.now()) if text else ""


def _label(words: type[Choices], slug: object) -> str:
    return str(words(slug).label) if slug in words.values else str(slug)


def _assisting(payload: Payload) -> str:
    names = payload.get("assisting_names") or []
    if not names:
        return ""
    return gettext(", assisting: %(units)s") % {"units": gettext("、").join(names)}


def _timeliness(payload: Payload) -> str:
    return gettext(", late") if payload.get("on_time") is False else ""


def _suggested(payload: Payload) -> str:
    unit = payload.get("suggested")
    return gettext("; suggested unit: %(unit)s") % {"unit": unit} if unit else ""


def _unsigned(payload: Payload) -> str:
    return gettext("; waits for the leader's signature") if payload.get("signed") is False else ""


def _score(payload: Payload) -> str:
    score = payload.get("score")
    return gettext(", %(score)s") % {"score": _label(Score, score)} if score else ""


def _respondent(payload: Payload) -> str:
    said = payload.get("to")
    if not isinstance(said, dict):
        return ""
    names = payload.get("added") or said.get("unit_names") or [said.get("unit_name")]
    units = gettext("、").join(filter(None, names))
    return units or _label(RespondentState, said.get("state", ""))


def _taken_back(payload: Payload) -> str:
    units = payload.get("taken_back") or []
    if not units:
        return ""
    return gettext("; taken back from %(units)s") % {"units": gettext("、").join(units)}


def _accused(payload: Payload) -> str:
    names = payload.get("respondents") or []
    if not names:
        return ""
    return gettext("; complained about: %(units)s") % {"units": gettext("、").join(names)}


def _corrected(payload: Payload) -> str:
    """Which way, where the record says it: since 30 November 2026."""
    found = ""
    if n := payload.get("left_out"):
        found += ngettext("; left out: %(n)d word", "; left out: %(n)d words", n) % {"n": n}
    if n := payload.get("shown"):
        found += ngettext("; shown again: %(n)d word", "; shown again: %(n)d words", n) % {"n": n}
    return found


WORDS: dict[str, Callable[[Payload], str]] = {
    "channel_word": lambda p: _label(Channel, p.get("channel", "")),
    "method_word": lambda p: _label(ContactMethod, p.get("method", "")),
    "outcome_word": lambda p: _label(Outcome, p.get("outcome", "")),
    "solved_word": lambda p: _label(Solved, p.get("solved", "")),
    "score_word": _score,
    "result_word": lambda p: _label(CallResult, p.get("result", "")),
    "rated_by_word": lambda p: _label(RatingChannel, p.get("channel", "")),
    "until_word": lambda p: _due(p.get("until", "")),
    "when_word": lambda p: _moment(p.get("when", "")),
    "assisting_word": _assisting,
    "late_word": _timeliness,
    "suggested_word": _suggested,
    "unsigned_word": _unsigned,
    "respondent_word": _respondent,
    "taken_back_word": _taken_back,
    "changes_word": classing.changes,
    "accused_word": _accused,
    "units_word": lambda p: gettext("、").join(p.get("unit_names", ())),
    "relay_word": lambda p: _label(RelayResult, p.get("result", "")),
    "secrecy_word": lambda p: _label(Secrecy, p.get("to", "")),
    "corrected_word": _corrected,
    "edited_word": lambda p: gettext(", after editing it") if p.get("edited") else "",
}

# kind -> (sentence, name of the fact that is quoted under it)
SENTENCES: dict[str, tuple[str | Promise, str]] = {
    **publishing.SENTENCES,
    **searching.SENTENCES,
    **auditing.SENTENCES,
    "registered": (_("Registered (%(channel_word)s)%(accused_word)s"), ""),
    "accepted": (_("%(who)s accepted the matter and classified it%(changes_word)s"), ""),
    "reclassified": (_("%(who)s changed the classification%(changes_word)s"), ""),
    "respondent_named": (
        _("%(who)s settled who is complained about: %(respondent_word)s%(taken_back_word)s"),
        "note",
    ),
    "respondent_withdrawn": (
        _("%(who)s let %(unit)s in again: it is not complained about"),
        "note",
    ),
    "respondent_denied": (
        _("%(who)s says that the complaint is not about %(units_word)s"),
        "note",
    ),
    "rejected": (_("%(who)s did not accept it and told the legal route"), "legal_route"),
    "transferred": (_("%(who)s transferred it to %(target)s"), ""),
    "answered": (_("%(who)s answered directly"), "text"),
    "dispatched": (_("%(who)s dispatched it to %(lead_name)s (lead)%(assisting_word)s"), "note"),
    "reply_approved": (_("%(who)s accepted the reply of %(unit)s%(edited_word)s"), "note"),
    "format_returned": (_("%(who)s sent the reply back to %(unit)s to be completed"), "note"),
    "reworked": (_("%(who)s ordered a rework by %(unit)s, round %(round)s"), "note"),
    "dissatisfied": (_("The citizen is dissatisfied"), "note"),
    "closed": (_("%(who)s closed the case: %(outcome_word)s"), "note"),
    "called_back": (
        _("%(who)s called back, attempt %(attempt)s: %(result_word)s%(score_word)s"),
        "",
    ),
    "rated": (_("The citizen rated the handling (%(rated_by_word)s)%(score_word)s"), ""),
    "concluded": (_("The matter answered directly is closed"), ""),
    "archived": (_("Archived and sealed"), ""),
    "urged": (_("The citizen asked again, recorded as urge no. %(count)s"), "note"),
    "supplemented": (_("The citizen added something"), "text"),
    "signed": (_("%(unit)s signed (%(who)s)%(late_word)s"), ""),
    "contacted": (_("%(unit)s contacted the citizen: %(method_word)s, %(when_word)s"), "note"),
    "relay_asked": (_("%(unit)s asked the citizen something through the office"), "text"),
    "relayed": (_("%(who)s contacted the citizen for %(unit)s: %(relay_word)s"), "text"),
    "handling_corrected": (
        _("%(who)s corrected what is left out of the texts%(corrected_word)s"),
        "",
    ),
    "secrecy_raised": (_("%(who)s raised the secrecy to “%(secrecy_word)s”"), "note"),
    "lower_secrecy_asked": (_("%(who)s asked to lower the secrecy to “%(secrecy_word)s”"), "note"),
    "lower_secrecy_withdrawn": (
        _("%(who)s no longer asks to lower the secrecy to “%(secrecy_word)s”"),
        "",
    ),
    "lower_secrecy_decided": (_("%(who)s decided on the secrecy: “%(secrecy_word)s”"), "note"),
    "contact_named": (_("%(who)s lets %(person)s (%(person_unit)s) know the citizen"), "note"),
    "contact_ended": (_("%(who)s ended that %(person)s (%(person_unit)s) knows the citizen"), ""),
    "reply_drafted": (_("%(who)s handed the reply to the leader (%(solved_word)s)"), ""),
    "signed_off": (_("%(who)s signed off the reply of %(unit)s%(late_word)s"), ""),
    "sent_back": (_("%(who)s sent the reply back to be changed"), "note"),
    "contributed": (_("%(unit)s handed in its opinion"), "text"),
    "unit_urged": (_("%(who)s urged %(unit)s to finish"), "note"),
    "return_asked": (
        _("%(unit)s asked to return the task: %(reason_name)s%(suggested_word)s%(unsigned_word)s"),
        "",
    ),
    "extension_asked": (
        _("%(unit)s asked for %(days)s more working days, until %(until_word)s"),
        "text",
    ),
    "return_signed": (_("%(who)s signed the return of %(unit)s"), ""),
    "return_granted": (_("%(who)s granted the return of %(unit)s"), "note"),
    "return_refused": (_("%(who)s refused the return of %(unit)s"), "note"),
    "extended": (_("%(who)s extended the time of %(unit)s until %(until_word)s"), "note"),
    "time_recounted": (
        _("The working days are published; the time of %(unit)s ends %(until_word)s"),
        "",
    ),
    "promise_recounted": (
        _("The working days are published; the answer is promised by %(until_word)s"),
        "",
    ),
    "extension_refused": (_("%(who)s refused more time to %(unit)s"), "note"),
    "sign_due_soon": (_("The time for signing is running out"), ""),
    "sign_due_very_soon": (_("The time for signing ends very soon"), ""),
    "sign_became_overdue": (_("Not signed in time"), ""),
    "sign_escalated": (_("Still not signed; told the next level"), ""),
    "contact_due_soon": (_("The time for the first contact is running out"), ""),
    "contact_due_very_soon": (_("The time for the first contact ends very soon"), ""),
    "contact_became_overdue": (_("The citizen was not contacted in time"), ""),
    "contact_escalated": (_("The citizen is still not contacted; told the next level"), ""),
    "unit_due_soon": (_("The handling time is running out"), ""),
    "unit_due_very_soon": (_("The handling time ends in a few hours"), ""),
    "unit_became_overdue": (_("The handling time is over"), ""),
    "unit_escalated": (_("Still overdue; told the next level"), ""),
}

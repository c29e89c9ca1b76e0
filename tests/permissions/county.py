"""The rows behind the addresses: one case at every stage, all handled by housing.

The water company assists everywhere and turns out to be the unit complained about; the town has nothing
to do with any of them.
"""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from cases.models import Attachment, Case, Reason, Unit
from cases.people.person import SYSTEM
from hotline.models import Draft
from hotline.publishing import publishing
from search.asking.question import Question
from search.asking.synonyms import keep_set, retire
from search.exports.exporting import ask
from search.models import ExportRequest, SavedSearch, SynonymSet
from tests.cast import NOON, Cast, accuse, person, wang_says
from tests.permissions.people import everybody
from tests.permissions.stages import MINUTES, STAGES, Hands, bring, dissatisfied, return_asked

COPY = {"title": "路灯不亮", "letter": "路灯整排不亮。", "reply": "已更换电缆，恢复照明。"}


@dataclass
class County:
    """Rows by the name the table uses."""

    cast: Cast
    people: dict[str, Any]
    case: dict[str, Case]
    by_operator: Case
    nameless: Case
    kept: Case
    quiet: Case
    told: Case
    opinion: Any
    asked: Any
    signed_request: Any
    attachment: Attachment
    draft: Draft
    drafted_copy: Any
    published_copy: Any
    to_whom: Reason
    synonyms: SynonymSet
    retired_synonyms: SynonymSet
    saved: SavedSearch
    own_saved: SavedSearch
    asked_export: ExportRequest
    made_export: ExportRequest


def housing(cast: Cast) -> Hands:
    """Handled by housing, the water company assists."""
    return Hands(cast.housing, cast.clerk, cast.leader, cast.water)


def make_county(cast: Cast) -> County:
    """All rows; about sixty verbs."""
    call_command("make_site", verbosity=0)
    hands = housing(cast)
    stages = [stage for stage in STAGES if stage != "closed"]
    case = {stage: bring(cast, stage, hands, **_said(stage)) for stage in stages}
    case["dissatisfied"] = dissatisfied(cast, hands, **_said("dissatisfied"))
    case["candidate"] = bring(cast, "closed", hands, **_said("candidate"))
    transfer = Reason.objects.create(kind="transfer", code="119", name="火警", guidance="119")
    county = County(
        cast=cast,
        people=everybody(cast),
        case=case,
        by_operator=wang_says(cast, by=cast.operator, channel="phone", **_said("operator")),
        nameless=bring(cast, "callback", hands, name="", phone="", **_said("nameless")),
        kept=_kept(cast, hands),
        quiet=bring(cast, "signed", hands, secrecy="confidential", **_said("quiet")),
        told=bring(
            cast, "contacted", hands, key="told", content="我叫李小梅，路灯不亮，老孙头也说。"
        ),
        opinion=_opinion(cast),
        asked=return_asked(cast, hands, is_signed=False, **_said("asked")),
        signed_request=return_asked(cast, hands, is_signed=True, **_said("return")),
        attachment=_file(case["contacted"]),
        draft=Draft.keep(cast.operator, "token-1", {"content": "没说完"}, NOON),
        drafted_copy=_copy(cast, hands, "drafted copy"),
        published_copy=_copy(cast, hands, "published copy", is_published=True),
        to_whom=transfer,
        synonyms=_synonyms(cast, "路灯\n街灯"),
        retired_synonyms=retire(
            _synonyms(cast, "停水\n断水"), revision=1, by=cast.sysadmin, at=NOON
        ),
        saved=_saved(cast.reviewer, "shared", is_shared=True),
        own_saved=_saved(cast.dispatcher, "own"),
        asked_export=ask(Question("路灯"), 1, "核对", by=cast.dispatcher, at=NOON),
        made_export=_export(cast),
    )
    accuse(Case.objects.all(), cast.water)
    return county


def _synonyms(cast: Cast, words: str) -> SynonymSet:
    return keep_set(None, text=words, note="", by=cast.sysadmin, at=NOON)


def _said(word: str) -> dict[str, str]:
    return {"key": word, "content": f"人民路东段路灯从上周起整排不亮（{word}）。"}


def _kept(cast: Cast, hands: Hands) -> Case:
    """Confidential: a question waits at the office, a lowering is asked, the leader is named."""
    case = bring(cast, "signed", hands, secrecy="confidential", **_said("kept"))
    later = NOON + 5 * MINUTES
    case.ask_lower_secrecy(level="normal", reason="本人同意", by=cast.dispatcher, at=later)
    case.name_contact(user=cast.leader, reason="须上门", by=cast.dispatcher, at=later)
    case.lead().ask_relay(question="在哪一段？", by=cast.clerk, at=later)
    return Case.objects.get(pk=case.pk)


def _opinion(cast: Cast) -> Any:
    """Roads lead, housing assists and has signed."""
    roads = Unit.objects.create(code="roads", name="青溪县公路局", kind="county")
    case = bring(cast, "dispatched", Hands(roads, None, None, cast.housing), **_said("opinion"))
    task = case.assignments.get(role="assist")
    task.sign(by=cast.clerk, at=NOON + 3 * MINUTES)
    return task


def _saved(owner: Any, name: str, *, is_shared: bool = False) -> SavedSearch:
    found = SavedSearch.objects.create(
        owner=owner, name=name, question=Question("路灯").as_json(), saved_at=NOON
    )
    if is_shared:
        found.share(owner, shared=True)
    return found


def _export(cast: Cast) -> ExportRequest:
    """Asked by the dispatcher, approved and ready."""
    made = ask(Question("路灯"), 1, "核对", by=cast.dispatcher, at=NOON)
    made.approve(by=cast.supervisor, at=NOON, note="")
    file = default_storage.save("exports/made.xlsx", ContentFile(b"sheet"))
    return made.finish(by=SYSTEM, at=NOON, file=file, sha256="0" * 64, rows=1)


def _file(case: Case) -> Attachment:
    return Attachment.objects.create(
        case=case,
        kind="citizen",
        name="照片.jpg",
        media_type="image/jpeg",
        size=5,
        sha256="0" * 64,
        file=ContentFile(b"photo", name="photo.jpg"),
        at=NOON,
    )


def _copy(cast: Cast, hands: Hands, word: str, *, is_published: bool = False) -> Any:
    """A public copy prepared by a second reviewer, so that everybody else may check it."""
    case = bring(cast, "closed", hands, **_said(word))
    second = person(f"second {word}"[:20], "薛莲", cast.office, "reviewer")
    made = publishing.draft(case, **COPY, by=second, at=NOON + 10 * MINUTES)
    if is_published:
        publishing.publish(made, 1, by=cast.supervisor, at=NOON + 11 * MINUTES)
    return made

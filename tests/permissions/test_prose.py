"""Every fact that an event records is prose, which is made without names, or a code, which holds none."""

from cases.events.recording import PROSE
from cases.models import Event

# Names of the office's own people and units, codes, numbers, times, states; lists and pairs of these.
CODES = {
    *("lead", "lead_name", "assisting", "assisting_names", "unit", "units", "unit_names", "names"),
    *(
        "channel",
        "method",
        "when",
        "solved",
        "on_time",
        "was_due",
        "edited",
        "round",
        "until",
        "days",
    ),
    *("result", "attempt", "score", "outcome", "count", "seal", "clock", "stage", "person"),
    *("person_unit", "granted", "reason_name", "suggested", "signed", "publication", "revision"),
    *("respondents", "added", "taken_back", "hidden", "kept", "texts", "left_out", "shown"),
    *("changed", "from", "to", "user"),  # what people wrote in these is made by ``recording`` too
}


def test_every_fact_of_every_event_is_prose_or_a_code(county):
    facts = {
        name for payload in Event.objects.values_list("payload", flat=True) for name in payload
    }
    assert facts - {*PROSE} - CODES == set()
    assert not CODES & {*PROSE}

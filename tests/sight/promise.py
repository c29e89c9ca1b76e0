"""The promise as a table: who, by their relation to a case, may see what of it (`domain.md` §2.7).

Written from the guides of the roles, not from the program. A test compares it with all that the pages
say: what stands here is seen somewhere, what does not stand here nowhere.
"""

EXISTS = "exists"  # its number
WORDS = "words"  # what the citizen wrote, as handling text
MASK = "mask"  # 司＊雀 · 139＊＊＊＊8990
IDENTITY = "identity"  # name and number in clear: by a recorded act only, never by opening a page
FILES = "files"  # what was attached: its name, what stands in it
LOOKUP = "lookup"  # asking for the citizen's number finds the case

NORMAL, CONFIDENTIAL, REPORT = "normal", "confidential", "report"
SECRECIES = (NORMAL, CONFIDENTIAL, REPORT)

NOTHING: frozenset[str] = frozenset()
HANDLES_OPENLY = frozenset({EXISTS, WORDS, MASK, FILES})
HANDLES_BLINDLY = frozenset({EXISTS, WORDS})
READS = frozenset({EXISTS, WORDS, MASK, FILES})  # the office, without calling anybody
CALLS = READS | {LOOKUP}  # the office's roles that call citizens

SAME = dict.fromkeys
UNIT = {NORMAL: HANDLES_OPENLY, CONFIDENTIAL: HANDLES_BLINDLY, REPORT: HANDLES_BLINDLY}
NONE = SAME(SECRECIES, NOTHING)
PROMISE: dict[str, dict[str, frozenset[str]]] = {
    "handling clerk": UNIT,
    "handling leader": UNIT,
    "another unit's clerk": NONE,
    "accused unit's clerk": NONE,  # and its leader: the same rule, see ``recusal``
    # The bureau above the unit complained about, and above the one that handles everything else.
    "superior's clerk": UNIT | {REPORT: NOTHING},
    "section's clerk": NONE,
    "operator": SAME(SECRECIES, CALLS) | {REPORT: NOTHING},  # none that others took down
    "dispatcher": SAME(SECRECIES, CALLS),
    "call-back agent": SAME(SECRECIES, CALLS),
    # Files hold names as they are: only for whoever may read these
    "reviewer": SAME(SECRECIES, READS - {FILES}) | {NORMAL: READS},
    "supervisor": SAME(SECRECIES, CALLS),
    # Both read who looked into which case: its number, nothing else of it.
    "security administrator": SAME(SECRECIES, frozenset({EXISTS})),
    "auditor": SAME(SECRECIES, frozenset({EXISTS})),
    "system administrator": NONE,
    "anonymous": NONE,
}
UNIT_PEOPLE = frozenset(
    {
        "handling clerk",
        "handling leader",
        "another unit's clerk",
        "accused unit's clerk",
        "superior's clerk",
        "section's clerk",
    }
)
BY_THE_RECORD = frozenset(
    {"auditor", "security administrator"}
)  # sees the number of what was looked into, of nothing else


def promised(relation: str, secrecy: str, stage: str) -> frozenset[str]:
    """What the person may see of a case at a stage: units nothing before it is sent to them."""
    if stage == "waiting" and relation in UNIT_PEOPLE:
        return NOTHING
    if relation in BY_THE_RECORD and stage != "held":
        return NOTHING
    return PROMISE[relation][secrecy]

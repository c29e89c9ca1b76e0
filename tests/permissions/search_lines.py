"""The addresses of the synonym sets (see ``table``)."""

from tests.permissions.lines import act, nothing, page, sent

KEEPERS = ("system_admin", "dispatcher", "supervisor")
SYNONYMS = [
    page("desk:synonyms", *KEEPERS),
    page("desk:synonym_set", *KEEPERS, parts=lambda county: {"pk": county.synonyms.pk}),
    act(
        "desk:synonym_sets",
        *KEEPERS,
        parts=nothing,
        data=sent(words="斑马线\n人行横道"),
    ),
    act(
        "desk:synonym_changes",
        *KEEPERS,
        parts=lambda county: {"pk": county.synonyms.pk},
        data=sent(words="路灯\n街灯\n马路灯", revision=1),
    ),
    act(
        "desk:synonym_retirement",
        *KEEPERS,
        parts=lambda county: {"pk": county.synonyms.pk},
        data=sent(revision=1),
    ),
    act(
        "desk:synonym_restoration",
        *KEEPERS,
        parts=lambda county: {"pk": county.retired_synonyms.pk},
        data=sent(revision=2),
    ),
]

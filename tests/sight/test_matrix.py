"""Whatever a person can open tells of a case what the table promises, and nothing else."""

import pytest

from cases.models import Case
from cases.privacy.models.original import originals_of
from tests.sight.addresses import folded
from tests.sight.asking import ask_everything, things
from tests.sight.promise import IDENTITY, MASK, PROMISE, SECRECIES, promised

pytestmark = pytest.mark.django_db
OF_A_PERSON = {MASK, IDENTITY}  # the same for all cases of one citizen


def test_who_it_is_was_written_into_the_texts(world):
    """There is something to leave out: the sealed originals hold name and number as they were written."""
    for one in world.cases:
        kept = originals_of([Case.objects.get(pk=one.pk)])
        texts = folded(" ".join(original.text for original in kept.values()))
        assert one.name in texts, (one, texts)
        assert one.phone in texts, (one, texts)


@pytest.mark.parametrize("secrecy", SECRECIES)
@pytest.mark.parametrize("relation", PROMISE)
def test_a_person_sees_what_is_promised_and_nothing_else(world, relation, secrecy):
    answers = ask_everything(world, relation)
    cases = [one for one in world.cases if one.secrecy == secrecy]
    of_citizen = set().union(*(promised(relation, secrecy, one.stage) for one in cases))
    wrong = []
    for one in cases:
        may = promised(relation, secrecy, one.stage)
        may |= of_citizen & OF_A_PERSON
        seen = {what: answer.label for answer in answers for what in things(answer, one)}
        wrong += [(one.stage, "told", what, seen[what]) for what in sorted(seen.keys() - may)]
        wrong += [(one.stage, "kept back", what, "") for what in sorted(may - seen.keys())]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize(
    ("relation", "path"),
    [
        ("handling clerk", "/desk/tasks/sheet/"),
        ("dispatcher", "/file/"),
        ("handling clerk", "/desk/attachments/"),
    ],
)
def test_files_are_read_inside(world, relation, path):
    """A canary is found in each kind of download, so its absence elsewhere means something."""
    told = [one.text for one in ask_everything(world, relation) if path in one.label]
    held = next(one for one in world.cases if (one.secrecy, one.stage) == ("normal", "held"))
    assert any(held.words in text or held.inside in text for text in told)

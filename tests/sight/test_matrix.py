"""Whatever a person can open tells of a case what the table promises, and nothing else."""

import pytest

from tests.sight.asking import ask_everything, things
from tests.sight.promise import IDENTITY, MASK, PROMISE, SECRECIES, promised

pytestmark = pytest.mark.django_db
OF_A_PERSON = {MASK, IDENTITY}  # the same for all cases of one citizen


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

"""What a unit has in hand: open, due today in the office's time, late."""

from cases.models import Assignment
from routing.advice.load import Load, loads
from tests.cast import NOON, moment
from tests.routing.folk import MINUTE, accepted, handled


def due(cast, number, unit, at):
    """A task of the unit that is due then."""
    case = accepted(cast, number)
    case.dispatch(lead=unit, by=cast.dispatcher, at=NOON + 2 * MINUTE)
    Assignment.objects.filter(case=case).update(due_at=at)


def test_open_tasks_are_counted_by_when_they_are_due(cast, django_assert_num_queries):
    now = moment("2026-11-25 09:00")
    for number, at in enumerate(
        (
            "2026-11-24 23:59",
            "2026-11-25 08:59",
            "2026-11-25 09:00",
            "2026-11-25 23:59",
            "2026-11-26 00:00",
        )
    ):
        due(cast, number, cast.housing, moment(at))
    due(cast, 10, cast.water, moment("2026-11-25 18:00"))
    handled(cast, 11, cast.water, cast.other_clerk, cast.other_leader)
    with django_assert_num_queries(1):
        found = loads([cast.housing.pk, cast.town.pk], now)
    assert found == {cast.housing.pk: Load(5, 2, 2), cast.town.pk: Load()}
    assert loads([cast.water.pk], now) == {cast.water.pk: Load(1, 1, 0)}
    assert Load() == Load(0, 0, 0)

"""What pages and commands make of rolled-up months: who reads them, what they say, what is kept."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from satisfaction.metrics import REGISTRY, MetricScope
from satisfaction.models import RolledMonth
from satisfaction.periods import last_months, month_of
from satisfaction.rollup.reading import ScopeReading
from satisfaction.rollup.upkeep import recount
from satisfaction.tasks import recount_months
from tests.satisfaction.looking import get
from tests.satisfaction.matters import DAY, dispatched
from tests.satisfaction.rolling import drain


def page(user, month, query=""):
    answer = get(user, "figures", query=f"?month={month.first:%Y-%m}{query}")
    assert answer.status_code == 200
    return answer.context["body"]


def test_units_never_read_the_office_s_months_and_a_secret_case_stays_secret(cast, now):
    """The canary: a secret case of housing counts for the office, and not for the other unit."""
    at = now - 100 * DAY
    dispatched(cast, at, secrecy="secret", title="只有主办单位知道")
    month = month_of(timezone.localtime(at).date())
    drain()
    for one in last_months(timezone.localtime(now).date(), 6)[:-1]:
        recount(one, now)
    RolledMonth.objects.filter(first=month.first).update(
        whole={slug: [4711, 4711] for slug in REGISTRY}
    )  # whoever reads the stored month sees it
    assert "4,711" in page(cast.supervisor, month)
    for user in (cast.clerk, cast.other_clerk):
        assert "4,711" not in page(user, month)
        assert "4,711" not in page(user, month, "&channel=web")
    handled = [REGISTRY["handled"]]
    assert ScopeReading(handled, MetricScope(month, now, user=cast.operator), []).used == {}
    counts = {
        who: ScopeReading(handled, MetricScope(month, now, user=getattr(cast, who)), []).totals()
        for who in ("clerk", "other_clerk", "operator")
    }
    assert {who: found[handled[0]].n for who, found in counts.items()} == {
        "clerk": 1, "other_clerk": 0, "operator": 0,
    }  # fmt: skip


def test_the_page_shows_rolled_up_months_with_their_time_and_live_ones_without(cast, now):
    at = now - 100 * DAY
    month = month_of(timezone.localtime(at).date())
    dispatched(cast, at)
    assert "截至" not in page(cast.supervisor, month)
    drain()
    while recount_months():
        pass
    first = page(cast.supervisor, month)
    assert first.count("截至") == 2  # of the month, and of the twelve
    assert page(cast.supervisor, month) == first
    dispatched(cast, at)
    drain()
    assert page(cast.supervisor, month).count("截至") == 1  # only the months before it
    recount_months()
    assert page(cast.supervisor, month).count("截至") == 2


def test_a_kept_page_is_not_shown_after_a_unit_was_renamed(cast, now):
    at = now - 100 * DAY
    month = month_of(timezone.localtime(at).date())
    dispatched(cast, at)
    drain()
    recount_months()
    assert "县改名局" not in page(cast.supervisor, month)
    cast.housing.short_name = "县改名局"
    cast.housing.save()
    assert "县改名局" in page(cast.supervisor, month)


def test_the_command_compares_rolled_up_months_with_counting_live(cast, now, capsys):
    month = month_of(timezone.localtime(now - 100 * DAY).date())
    dispatched(cast, now - 100 * DAY)
    drain()
    recount_months()
    options = ["--from", f"{month.first}", "--to", f"{month.last}", "--check"]
    call_command("metrics", *options)
    assert "1 month" in capsys.readouterr().out
    row = RolledMonth.objects.get(first=month.first)
    row.whole["handled"] = [2, None]
    row.save()
    with pytest.raises(CommandError, match="handled"):
        call_command("metrics", *options)

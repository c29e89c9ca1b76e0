"""Cases of before are brought under the rules, as often as one likes, and what is left is named."""

from io import StringIO

import pytest
from django.core.management import call_command

from cases.events.outbox import CONSUMERS
from cases.models import Case, Duty
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.django_db


def told():
    out = StringIO()
    call_command("protect_reporters", stdout=out)
    return out.getvalue()


@pytest.fixture
def of_before(cast):
    """A report that is only confidential, with a unit, and one still waiting; as they were stored then."""
    sent = wang_says(cast, demand_type="help")
    sent.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    sent.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    waiting = wang_says(cast, demand_type="help", key="form-2")
    stored = Case.objects.filter(pk__in=[sent.pk, waiting.pk])
    stored.update(demand_type="report", secrecy="confidential", respondent_state="")
    return sent, waiting


def test_reports_become_secret_and_are_to_be_settled(of_before):
    said = told()
    for case in of_before:
        fresh = Case.objects.get(pk=case.pk)
        assert (fresh.secrecy, fresh.respondent_state) == ("secret", "open")
        assert fresh.number in said
        kinds = [event.kind for event in fresh.events.all()]
        assert kinds[-2:] == ["secrecy_raised", "respondent_named"]


def test_a_second_run_changes_nothing(of_before):
    told()
    before = list(Case.objects.values_list("pk", "version"))
    assert of_before[0].number in told()
    assert list(Case.objects.values_list("pk", "version")) == before


def test_an_office_without_such_cases_is_left_alone(cast):
    wang_says(cast)
    assert "0" in told()
    assert Case.objects.get().version == 1


def test_only_confidential_cases_with_files_of_the_citizen_are_looked_at_again(cast):
    def filed(key, kind, **facts):
        case = wang_says(cast, key=key, **facts)
        case.attachments.create(kind=kind, name="a.txt", size=1, file="a.txt", at=NOON)
        return case

    kept = filed("form-1", "citizen", secrecy="confidential")
    filed("form-2", "citizen")
    filed("form-3", "handling", secrecy="confidential")
    Duty.objects.all().delete()
    told()
    with_files = [name for name, one in CONSUMERS.items() if one.with_files and one.in_use()]
    owed = Duty.objects.values_list("case", "consumer")
    assert with_files
    assert sorted(owed) == sorted((kept.pk, name) for name in with_files)

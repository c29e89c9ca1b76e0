"""A matter is registered once, whole, by who may; the same form sent twice is one case."""

import pytest
from django.db import IntegrityError

from cases.errors import KeyReused, NotPermitted, Refused
from cases.lifecycle import registering
from cases.models import Case, Contact, IntakeKey
from tests.cast import NOON, wang_says

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"content": " \n"}, "Write what happened"),
        ({"content": "长" * 20_001}, "longer than"),
        ({"address": "人民路\x00"}, "characters that cannot be stored"),
        ({"channel": "fax"}, "Unknown channel"),
        ({"phone": "1380731"}, "not complete"),
    ],
)
def test_what_cannot_be_a_case_is_refused(cast, said, why):
    with pytest.raises(Refused, match=why):
        wang_says(cast, **said)
    assert (Case.objects.count(), Contact.objects.count(), IntakeKey.objects.count()) == (0, 0, 0)


def test_the_longest_text_is_a_case(cast):
    assert wang_says(cast, content="长" * registering.CONTENT_LENGTH).pk


def test_only_who_may_registers(cast):
    with pytest.raises(NotPermitted):
        wang_says(cast, by=cast.clerk)
    assert not Case.objects.exists()


def test_the_same_form_is_one_case_and_another_content_under_its_key_none(cast):
    case = wang_says(cast)
    assert wang_says(cast) == case
    with pytest.raises(KeyReused, match="already sent with another content"):
        wang_says(cast, content="别的事情")
    assert Case.objects.count() == 1


def test_two_at_the_same_moment_are_one_case(cast, monkeypatch):
    """The other one's insert comes between our look and ours."""
    case, looked = wang_says(cast), []
    known = registering._known

    def at_first_not(key, data):
        looked.append(key)
        return None if len(looked) == 1 else known(key, data)

    monkeypatch.setattr(registering, "_known", at_first_not)
    assert wang_says(cast) == case
    assert (len(looked), Case.objects.count()) == (2, 1)


def test_another_fault_of_the_database_is_not_taken_for_that(cast, monkeypatch):
    wang_says(cast)
    monkeypatch.setattr(registering, "_known", lambda _key, _data: None)
    with pytest.raises(IntegrityError):
        wang_says(cast)


def test_who_says_nothing_of_themselves_is_nobody(cast):
    case = wang_says(cast, name="", phone="")
    assert case.petitioner is None
    assert case.contacts.get().phone_hash == ""
    assert wang_says(cast, key="form-2", phone="").petitioner.phone_hash == ""


def test_units_complained_about_are_told_in_the_history(cast):
    case = wang_says(cast, demand_type="complaint", respondents=(cast.water, cast.town))
    assert case.events.get(kind="registered").payload == {
        "channel": "web",
        "respondents": [str(cast.water), str(cast.town)],
    }
    assert {row.unit for row in case.respondents.all()} == {cast.water, cast.town}


def test_forms_with_other_respondents_are_other_forms(cast):
    plain = {"channel": "web", "content": "一", "contact_at": NOON}
    forms = [
        registering.IntakeData(**plain, respondents=units, respondent_text=text)
        for units in ((), (cast.water,), (cast.water, cast.town), (cast.town, cast.water))
        for text in ("", "某人")
    ]
    assert len({form.digest() for form in forms}) == len(forms)

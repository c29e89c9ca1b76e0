"""The same form sent twice at once: one case; the same key with another content: refused."""

from functools import partial

import pytest

from cases.models import Case, Contact, Duty, Event
from tests.cast import wang_says
from tests.faults.racing import sized, together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_form_sent_twice_at_once_makes_one_case(cast):
    for i in range(sized(1000)):
        send = partial(wang_says, cast, key=f"form-{i}")
        assert together([send, send]) == ["won", "won"]
    assert Case.objects.count() == sized(1000)
    assert Event.objects.filter(kind="registered").count() == sized(1000)
    assert Contact.objects.count() == sized(1000)
    assert Duty.objects.filter(consumer="index").count() == sized(1000)


def test_without_the_key_there_are_two(cast):
    """What the key is for: two sends that do not share one are two matters."""
    assert together([partial(wang_says, cast, key=key) for key in ("a", "b")]) == ["won", "won"]
    assert Case.objects.count() == 2


def test_the_same_key_with_another_content_is_refused(cast):
    for i in range(sized(500)):
        wang_says(cast, key=f"form-{i}")
        second = partial(wang_says, cast, key=f"form-{i}", content="别的事情")
        assert together([second]) == ["KeyReused"]
    assert Case.objects.count() == sized(500)
    assert not Case.objects.filter(content="别的事情").exists()

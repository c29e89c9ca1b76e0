"""The public site with its first pages, and a citizen who fills in its forms."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from cases.models import Case
from hotline.models import Filing
from tests.cast import NOON

MATTER = {
    "content": "人民路东段路灯从上周起整排不亮，夜里看不见路，请尽快派人修理。",
    "request": "尽快修好",
    "region": "430329101",
    "address": "人民路东段",
}
CONTACT = {"name": "王桂芬", "phone": "138 0731 6217", "publish_consent": "on", "act": "send"}


@pytest.fixture
def pages(cast, settings, tmp_path):
    """The tree of pages, an empty cache, files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    return cast


@pytest.fixture
def clock(monkeypatch):
    """A clock the test moves; the views ask for the time once a request."""

    class Clock:
        now = NOON

    monkeypatch.setattr("django.utils.timezone.now", lambda: Clock.now)
    return Clock


def to_matter(client, kind="help"):
    """Step 1 done; returns the address of step 2."""
    answer = client.post("/file/", {"danger": "no", "demand_type": kind})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def to_contact(client, **said):
    """Steps 1 and 2 done as by a person who takes a minute; returns the address of step 3."""
    answer = client.post(to_matter(client), {**MATTER, "act": "next", **said})
    assert answer.status_code == 303, answer.content.decode()
    Filing.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    return answer["Location"]


def sent(client, **said) -> Case:
    """All steps done; returns the case."""
    answer = client.post(to_contact(client), {**CONTACT, **said})
    assert answer.status_code == 303, answer.content.decode()
    return Case.objects.get(number=answer["Location"].strip("/").split("/")[-1])

"""Where no page leads: refused forms, the log, the rows of every table (`quality.md` §2, test 27)."""

import re

import pytest
from django.apps import apps
from django.db import models, transaction

from tests.permissions.table import METHODS
from tests.sight.addresses import browser, every_address, folded, said
from tests.sight.asking import Answer, ask_everything, things
from tests.sight.planting import SAID_BY
from tests.sight.promise import IDENTITY, LOOKUP, MASK, PROMISE, promised

pytestmark = pytest.mark.django_db
WHO = [folded(word) for pair in SAID_BY.values() for word in pair]
SERVER_FAULT = 500
OF_A_PERSON = {MASK, IDENTITY}
# Whoever calls the citizen gets the number by this press, which is recorded
NUMBERS_SHOWN = {"satisfaction:relay_phone", "satisfaction:callback_phone"}


def posted(world, relation):
    """Each form sent empty and sent with nonsense by one person, and undone; what came back."""
    client = browser(world, relation)
    nonsense = {
        "reason": "一",
        "text": "\x00",
        "act": "?",
        "lead": "?",
        "unit": "?",
        "note": "啊" * 9000,
    }
    for one in every_address(world):
        if "POST" not in METHODS.get(one.name, ()) or one.name in {"logout", "login"}:
            continue
        for data in ({}, nonsense):
            with transaction.atomic():
                answer = client.post(one.url, data)
                text = said(answer)
                transaction.set_rollback(True)
            assert answer.status_code < SERVER_FAULT, (one.url, data)
            yield one, text.replace(folded(one.url), "")


@pytest.mark.parametrize("relation", [one for one in PROMISE if one != "anonymous"])
def test_a_refused_form_tells_no_more_than_a_page(world, relation):
    wrong, asked = [], 0
    for address, text in posted(world, relation):
        asked += 1
        for one in world.cases:
            tells = things(Answer("", text), one)
            if address.name in NUMBERS_SHOWN and LOOKUP in promised(
                relation, one.secrecy, one.stage
            ):
                tells -= OF_A_PERSON
            may = promised(relation, one.secrecy, one.stage) | _of_same_citizen(
                world, relation, one
            )
            wrong += [(address.url, one.stage, one.secrecy, what) for what in tells - may]
    assert not wrong, wrong[:20]
    assert asked > 100


def _of_same_citizen(world, relation, one):
    """The mask is the same for all cases of one citizen."""
    cases = [other for other in world.cases if other.secrecy == one.secrecy]
    seen = set().union(*(promised(relation, other.secrecy, other.stage) for other in cases))
    return seen & OF_A_PERSON


def test_no_log_line_tells_who_it_is(world):
    for relation in PROMISE:
        ask_everything(world, relation)
    told = folded(world.logged())
    assert "Unprocessable" in world.logged() or "Not Found" in world.logged()
    assert [word for word in WHO if word in told] == []


def columns():
    """Every column with words or facts, of every table."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for column in model._meta.concrete_fields:
            kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
            if isinstance(column, kinds):
                yield model, column.attname


def test_no_row_of_any_table_holds_it_in_the_clear(world):
    found, read = [], 0
    for model, name in columns():
        for value in model._base_manager.values_list(name, flat=True).iterator():
            read += 1
            text = folded(re.sub(r"\\\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), str(value)))
            if any(word in text for word in WHO):
                found.append((f"{model._meta.label_lower}.{name}", text[:60]))
    assert found == []
    assert read > 1000

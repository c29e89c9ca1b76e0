"""What is logged: in the shape that was asked for, and no value of any variable."""

import json
import logging

import pytest
import structlog

from config.logs import covered, logging_settings

NUMBER = "13807316217"


@pytest.fixture(params=["plain", "json"])
def told(request, capsys):
    """Log a failure next to a secret variable; what came out."""
    shape = request.param
    settings = logging_settings(shape, "INFO")
    handler = logging.StreamHandler()
    made = settings["formatters"]["shaped"]
    handler.setFormatter(made["()"](**{k: v for k, v in made.items() if k != "()"}))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        _fail(NUMBER)
    finally:
        root.removeHandler(handler)
        logging_settings("plain", "INFO")
    return shape, capsys.readouterr().err


def _fail(phone):
    looked_up = {"phone": phone}
    try:
        raise ValueError("no such person")
    except ValueError:
        structlog.get_logger("search").exception("search failed", size=len(looked_up))


def test_an_exception_is_told_by_its_lines_without_values(told):
    shape, text = told
    lines = [line for line in text.splitlines() if "search failed" in line]
    if shape == "json":
        assert any(json.loads(line)["event"] == "search failed" for line in lines if line[0] == "{")
    assert lines
    assert "no such person" in text
    assert NUMBER not in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"Not Found: /desk/cases/{NUMBER}/", "Not Found: /desk/cases/…/"),
        ("１３８０７３１６２１７ 138 0731 6217", "… …"),
        ("0731-58212345, 430329198501011234", "…, …"),
        ("Not Found: /desk/cases/43032926112302000019/", None),
        ("attachment=7 pid=123456 2026-11-23T14:00:00.123456 0x7f1363c1de40", None),
        ("export 20261123-00001, 10000 rows, version 0.1.0", None),
        ("listening at 127.0.0.1:8771, 1732345678.12 s", None),
    ],
)
def test_numbers_of_people_are_covered_and_others_stay(said, told):
    assert covered(said) == (said if told is None else told)

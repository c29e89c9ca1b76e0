"""Terms: read and written, in days or in hours."""

from datetime import timedelta

import pytest

from cases.clocks.term import Term, TermUnit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5wd", 5, TermUnit.WORKDAYS),
        (" 7d ", 7, TermUnit.DAYS),
        ("24h", 24, TermUnit.HOURS),
        ("2wh", 2, TermUnit.WORKING_HOURS),
        ("30min", 30, TermUnit.MINUTES),
    ],
)
def test_terms_are_read_and_written(text, amount, unit):
    assert Term.parse(text) == Term(amount, unit)
    assert str(Term.parse(text)) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "5", "wd", "0wd", "-1d", "5 wd", "5WD", "1.5h", "10000d", "５wd", "5wdx"]
)
def test_other_words_are_no_terms(text):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared
        Term.parse(text)
    assert str(refused.value) == (
        f"“{text}” is not a term: write an amount from 1 to 9999 "
        "and a unit (wd, d, wh, h or min), such as 5wd."
    )


def test_days_have_no_span_of_hours():
    assert Term.parse("90min").span == Term(90, TermUnit.MINUTES).span == timedelta(minutes=90)
    assert Term.parse("2wh").span == Term.parse("2h").span == timedelta(hours=2)
    with pytest.raises(ValueError, match="counted in days"):
        _ = Term.parse("5wd").span

"""What stands in the file of an export, and what does not."""

from datetime import timedelta

import pytest

from cases.models import Notice
from search.asking.question import Question
from search.exports.exporting import ask, make_next
from tests.cast import NOON
from tests.search.exported import URL, browser, cells, fresh

HOUR = timedelta(hours=1)
CANARY = "金丝雀密语"


def test_the_file_is_what_the_asker_may_see_when_it_is_made(say, cast, approved):
    """Planted: a secret report the operator-turned asker may not see any more."""
    seen = say(f"停水{CANARY}甲")
    secret = say(f"举报停水{CANARY}乙", demand_type="report")
    export = approved(by=cast.dispatcher)
    make_next(at=NOON + HOUR)
    export = fresh(export)
    text = str(cells(export)[1])
    assert seen.number in text
    assert secret.number in text  # a dispatcher sees it: the test below can fail
    again = approved(by=cast.dispatcher)
    cast.dispatcher.role_rows.all().delete()
    make_next(at=NOON + HOUR)
    again = fresh(again)
    assert (again.state, again.file.name or "") == ("failed", "")
    assert Notice.objects.filter(user=cast.dispatcher, kind="export_failed").exists()
    page = browser(cast.supervisor).get(f"{URL}{again.pk}/").content.decode()
    assert "没有导出权限" in page


def test_a_secret_stays_out_of_the_file_of_who_may_not_see_it(say, cast, approved, monkeypatch):
    from cases.people import permissions

    rule = permissions.ACTS["case.export"]
    monkeypatch.setitem(
        permissions.ACTS, "case.export", permissions.ActRule(rule.office | {"operator"})
    )
    seen = say(f"停水{CANARY}甲")
    secret = say(f"举报停水{CANARY}乙", demand_type="report")
    export = approved(by=cast.operator, total=1)
    make_next(at=NOON + HOUR)
    export = fresh(export)
    text = str(cells(export)[1])
    assert (export.rows, seen.number in text, secret.number in text) == (1, True, False)
    assert "乙" not in text


def test_nothing_left_is_said_and_makes_no_file(say, cast, approved, folder):
    export = approved("没有这个词")
    make_next(at=NOON + HOUR)
    export = fresh(export)
    assert (export.state, export.rows, bool(export.file)) == ("made", 0, False)
    assert "没有文件" in browser(cast.dispatcher).get(f"{URL}{export.pk}/").content.decode()
    assert list(folder.glob("exports/**/*.xlsx")) == []


def test_who_stands_on_every_part_of_the_sheet(say, cast, approved, monkeypatch):
    from search.exports import workbook

    monkeypatch.setattr(workbook, "EVERY", 2)
    for n in range(5):
        say(f"停水{n}号小区")
    export = approved(total=5)
    make_next(at=NOON + HOUR)
    export = fresh(export)
    sheet, rows = cells(export)
    mark = rows[0][0]
    for part in (export.number, "张蕾", "dispatcher", "热线办", "2026-11-23 13:00", "上报县政府"):
        assert part in mark
    assert sum(row[0] == mark for row in rows) == 4  # head, after two, after four, foot
    assert export.number in sheet.oddHeader.center.text
    assert export.number in sheet.oddFooter.center.text
    data = [row for row in rows if row[0] and str(row[0]).startswith("430329")]
    assert len(data) == 5
    assert {row[-1] for row in data} == {f"{export.number} dispatcher"}
    assert "陈立" in str(rows[2])


def test_personal_data_is_masked(say, cast, approved):
    say("停水，请打13807316217找我，我叫王桂芬，住幸福路12号3栋", address="幸福路12号3栋")
    hidden = say("停水乙", is_anonymous=True)
    export = approved(total=2)
    make_next(at=NOON + HOUR)
    export = fresh(export)
    _sheet, rows = cells(export)
    text = str(rows)
    for secret in ("13807316217", "王桂芬"):
        assert secret not in text
    assert "停水，请打〔号码〕找我，我叫〔姓名〕，住幸福路12号3栋" in text  # where it is stays
    row = next(row for row in rows if row[0] == hidden.number)
    assert row[12] in {None, ""}


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "\u3000="]
)
def test_no_cell_of_any_text_is_a_formula(say, cast, approved, start):
    payload = f"{start}HYPERLINK(1)停水"
    say(payload, title=payload, address=payload, request=payload)
    export = ask(Question("停水"), 1, payload, by=cast.dispatcher, at=NOON)
    export.approve(by=cast.supervisor, at=NOON, note=payload)
    make_next(at=NOON + HOUR)
    export = fresh(export)
    sheet, rows = cells(export)
    kinds_of_cell = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds_of_cell <= {"s", "n", "inlineStr"}  # never "f"
    live = [
        value
        for row in rows
        for value in row
        if isinstance(value, str)
        and value.lstrip(" \u3000").startswith(tuple("=+-@\t\r\n＝＋－＠"))
    ]
    assert live == []
    assert any("HYPERLINK(1)" in str(value) for row in rows for value in row)  # no text is lost


def test_no_more_rows_than_set(say, cast, approved, settings):
    settings.EXPORT_MOST_ROWS = 2
    for n in range(3):
        say(f"停水{n}")
    export = approved(total=3)
    make_next(at=NOON + HOUR)
    export = fresh(export)
    assert export.rows == 2
    page = browser(cast.dispatcher).get("/desk/exports/new/?q=停水").content.decode()
    assert "导出前 2 件" in page

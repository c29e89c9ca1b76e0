"""Letters answered before the system come in by the same verbs, or not at all."""

import re
import zipfile
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cases.lifecycle.book import CASES
from cases.models import Case, Category

HEAD = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
GOOD = [
    "1",
    "u1",
    "路灯不亮",
    "2019/4/25 9:32:09",
    "路灯_x000D_\n\t\t不亮",
    "已修好。",
    "2019/5/6 14:56:53",
]


@pytest.fixture
def other(reference):
    return Category.objects.create(code="15", name="其他", path="其他", level=1)


def sheet(folder, *rows, head=HEAD):
    book = Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    path = folder / "letters.xlsx"
    book.save(path)
    return path


def changed(**cells):
    places = {"number": 0, "title": 2, "received": 3, "text": 4, "reply": 5, "replied": 6}
    row = list(GOOD)
    for name, value in cells.items():
        row[places[name]] = value
    return row


def test_letters_become_closed_cases_with_their_own_times(tmp_path, other):
    call_command("import_letters", sheet(tmp_path, GOOD), channel="mayor")
    case = Case.objects.get()
    assert (case.state, case.channel, case.source_case_no) == ("closed", "mayor", "1")
    assert (case.content, case.answer_text) == ("路灯\n不亮", "已修好。")
    assert case.contact_at.isoformat() == "2019-04-25T01:32:09+00:00"
    assert case.answered_in_workdays == 6  # 26, 28 (worked), 29, 30 April, 5 (worked), 6 May
    assert [event.kind for event in case.events.all()] == [
        "registered",
        "accepted",
        "answered",
        "concluded",
    ]
    assert [fault for _, fault in CASES.faults()] == [None]


def test_a_second_run_changes_nothing(tmp_path, other, capsys):
    path = sheet(tmp_path, GOOD, changed(number="2"))
    call_command("import_letters", path)
    call_command("import_letters", path)
    assert Case.objects.count() == 2
    assert "0 imported, 2 were there already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"received": ""}, "留言时间"),
        ({"received": "去年春天"}, "去年春天"),
        ({"replied": "2019/13/40 1:00:00"}, "答复时间"),
        ({"replied": "2019/4/20 9:00:00"}, "早于"),
        ({"number": "1"}, "第 2 行"),
        ({"number": ""}, "编号"),
        ({"reply": " "}, "答复意见"),
        ({"text": "", "title": ""}, "主题"),
        ({"text": "长" * 10_001}, "超过"),
        ({"title": "长" * 121}, "主题超过 120"),
        ({"title": "好_xD83D_"}, "读不出"),
        ({"replied": "2999/1/1 1:00:00"}, "以后"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(tmp_path, other, capsys, cells, words):
    path = sheet(tmp_path, GOOD, changed(**({"number": "2"} | cells)), changed(number="3"))
    with pytest.raises(CommandError):
        call_command("import_letters", path)
    told = capsys.readouterr()
    assert "row 3" in told.err
    assert words in told.err
    assert "3 rows checked: 2 good, 1 bad." in told.out
    assert not Case.objects.exists()
    call_command("import_letters", path, skip_bad_rows=True)
    assert sorted(Case.objects.values_list("source_case_no", flat=True)) == ["1", "3"]


def test_real_dates_in_cells_are_times(tmp_path, other):
    when = datetime(2019, 4, 25, 9, 32)  # noqa: DTZ001 - a spreadsheet's cell has no zone
    row = changed(received=when, replied=when + timedelta(days=1))
    call_command("import_letters", sheet(tmp_path, row))
    assert Case.objects.get().answered_in_workdays == 1


def test_a_dry_run_changes_nothing(tmp_path, other):
    call_command("import_letters", sheet(tmp_path, GOOD), dry_run=True)
    assert not Case.objects.exists()


def test_another_text_under_a_known_number_is_refused(tmp_path, other):
    call_command("import_letters", sheet(tmp_path, GOOD))
    with pytest.raises(CommandError):
        call_command("import_letters", sheet(tmp_path, changed(text="别的内容")))
    assert Case.objects.get().content == "路灯\n不亮"


def test_what_excel_escapes_is_decoded_and_what_nobody_sees_is_gone(tmp_path, other):
    row = changed(title="好_xD83D__xDE00_好", text="停\u200b水\u200e三天", reply="\ufeff已修好。")
    path = sheet(tmp_path, row)
    call_command("import_letters", path, dry_run=True)
    call_command("import_letters", path)
    case = Case.objects.get()
    assert (case.title, case.content, case.answer_text) == ("好😀好", "停水三天", "已修好。")


def rewritten(path, part, change):
    """One part of the packed file put through ``change``."""
    with zipfile.ZipFile(path) as packed:
        parts = {one.filename: packed.read(one) for one in packed.infolist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("said", [b"A1", b"A1:G2", b"A1:C3"])
def test_the_size_a_sheet_says_of_itself_is_not_trusted(tmp_path, other, said, capsys):
    path = sheet(tmp_path, *(changed(number=str(n)) for n in range(1, 8)))
    rewritten(
        path,
        SHEET,
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % said, xml),
    )
    call_command("import_letters", path, dry_run=True)
    assert "7 rows checked: 7 good" in capsys.readouterr().out


@pytest.mark.parametrize("above", [[], [["县长信箱来信汇总表"]], [["汇总"], [], ["2019年"]]])
@pytest.mark.parametrize("head", ["留言主题", "留言\n主题", "留言主题\u200b", " 留言 主题 "])
def test_headings_are_found_where_they_stand(tmp_path, other, above, head):
    book = Workbook()
    for line in [*above, [*HEAD[:2], head, *HEAD[3:]], GOOD]:
        book.active.append(line)
    path = tmp_path / "letters.xlsx"
    book.save(path)
    call_command("import_letters", path)
    assert Case.objects.get().title == "路灯不亮"


def test_the_row_that_was_looked_at_is_named(tmp_path, other):
    book = Workbook()
    book.active.title = "四月"
    for line in (["汇总表"], HEAD[:6], GOOD[:6]):
        book.active.append(line)
    book.save(tmp_path / "letters.xlsx")
    with pytest.raises(CommandError, match="“四月”第 2 行缺少这些列：答复时间"):
        call_command("import_letters", tmp_path / "letters.xlsx")


def test_a_workbook_is_known_by_its_content(tmp_path, other):
    path = sheet(tmp_path, GOOD)
    for name in ("letters.xls", "letters"):
        other_name = path.rename(tmp_path / name)
        call_command("import_letters", other_name, dry_run=True)
        other_name.rename(path)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是 Excel 工作簿"),
        (b"\x00\x01\x02", "不是 Excel 工作簿"),
        (b"PK\x03\x04broken", "已损坏"),
        ("编号,主题".encode("gbk"), "文本文件"),
        ("\ufeff留言编号,留言主题\n1,路灯".encode(), "文本文件"),
        ("\ufeff<html><table><tr><td>1".encode(), "网页"),
        (b"  <!DOCTYPE html>", "网页"),
        (OLD, "旧版 Excel"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_a_file_that_is_no_workbook_is_told_for_what_it_is(tmp_path, other, content, words):
    path = tmp_path / "letters.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_letters", path)


def test_a_sheet_that_breaks_off_is_told(tmp_path, other):
    path = rewritten(sheet(tmp_path, GOOD), SHEET, lambda xml: xml[: len(xml) // 2])
    with pytest.raises(CommandError, match="已损坏"):
        call_command("import_letters", path)
    assert not Case.objects.exists()


def test_missing_columns_are_named(tmp_path, other):
    with pytest.raises(CommandError, match="答复时间"):
        call_command("import_letters", sheet(tmp_path, GOOD[:6], head=HEAD[:6]))

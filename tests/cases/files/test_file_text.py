"""Text is taken out of files by a process that can do no harm, whatever the file is."""

import io
import json
import subprocess
import sys

import pytest
from pypdf import PdfReader, PdfWriter

from cases.files.text.apart import ROOT, read_apart
from cases.files.text.confinement import MEGABYTE, OUTPUT_BYTES, Limits
from cases.privacy.masking import without_numbers
from tests.papers import DOCX, PDF, WORD, XLSX, archive, assembled, docx, pdf, xlsx

BUSY = b"BT " + b"0 0 Td " * 10_000_000  # seconds of work in 100 kB


def reading(content, media_type, **limits):
    return read_apart(io.BytesIO(content), media_type, Limits(**limits))


def outcome(content, media_type, **limits):
    found = reading(content, media_type, **limits)
    return found.state, found.reason


def locked(password):
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf("密件内容"))))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_of_each_kind():
    word = reading(docx("供水管网改造", "合同编号：一二三"), DOCX)
    assert (word.state, word.text, word.is_cut) == (
        "read",
        "供水管网改造\n合同编号：一二三\n",
        False,
    )
    sheet = reading(xlsx(["户主", "金额"], ["李四", 12.5], [None, 3]), XLSX)
    assert sheet.text == "明细\n户主\t金额\n李四\t12.5\n3\n"
    paper = reading(pdf("供水管网改造工\n程的合同", "第二页"), PDF)
    assert paper.text.split() == ["供水管网改造工程的合同", "第二页"]  # a wrapped line goes on


def test_a_picture_is_not_opened():
    assert reading(b"\x89PNG", "image/png").state == "no_text"
    assert reading("来信".encode("gb18030"), "text/plain").state == "no_text"  # not accepted either


def test_a_scan_has_no_text():
    assert outcome(pdf("", ""), PDF) == ("empty", "")
    assert outcome(docx("", " "), DOCX) == ("empty", "")


def test_a_long_file_is_read_in_part():
    found = reading(pdf(*["供水管网" * 50] * 20), PDF, characters=1000)
    assert (found.state, len(found.text), found.is_cut) == ("read", 1000, True)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4\nnothing\n%%EOF", PDF),
        (pdf("供水管网")[:600] + b"%%EOF", PDF),
        (b"PK\x03\x04nothing", DOCX),
        (docx("供水")[:-40], DOCX),
        (docx(xml="<w:document"), DOCX),
        (archive({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), XLSX),
    ],
)
def test_what_is_broken_is_said_to_be(content, media_type):
    assert outcome(content, media_type) in {("unreadable", "broken"), ("empty", "")}


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_xml_in_an_encoding_word_never_writes_is_refused(encoding):
    told = (
        f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{WORD}">供水</w:document>'
    )
    assert outcome(docx(xml=told.encode(encoding)), DOCX) == ("unreadable", "broken")


def test_wrong_bytes_for_the_encoding_are_refused():
    told = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}">供水</w:document>'
    assert outcome(docx(xml=told.encode("gb18030")), DOCX) == ("unreadable", "broken")


def test_a_password_is_said_to_be_missing():
    assert outcome(locked("secret"), PDF) == ("unreadable", "locked")
    assert reading(locked(""), PDF).text.strip() == "密件内容"  # locked against changes only


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    told = f'{bomb}<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>'
    assert outcome(docx(xml=told), DOCX) == ("unreadable", "broken")
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    told = (
        f'{outside}<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:document>'
    )
    assert outcome(docx(xml=told), DOCX) == ("unreadable", "broken")


def test_a_zip_bomb_is_not_unpacked():
    bomb = archive({"[Content_Types].xml": "<x/>", "word/document.xml": b"\0" * (61 * MEGABYTE)})
    assert len(bomb) < MEGABYTE
    assert outcome(bomb, DOCX) == ("too_large", "unpacks")


def test_a_tree_of_pages_without_end_ends():
    kids = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R]>>"}
    assert outcome(assembled(kids), PDF) == ("unreadable", "broken")
    deep = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    deep |= {at: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (at + 1) for at in range(2, 5000)}
    deep[5000] = b"<</Type/Page/Parent 4999 0 R/MediaBox[0 0 1 1]>>"
    assert outcome(assembled(deep), PDF) == ("unreadable", "broken")


def test_processor_time_is_limited():
    assert outcome(pdf("x", stream=BUSY), PDF, cpu_seconds=2, wall_seconds=60) == (
        "too_large",
        "time",
    )


def test_elements_inside_elements_without_end_are_given_up():
    assert outcome(docx(xml="<a>" * MEGABYTE), DOCX, cpu_seconds=2)[0] in {
        "too_large",
        "unreadable",
    }


def test_waiting_is_limited_whatever_the_process_does():
    assert outcome(pdf("x", stream=BUSY), PDF, cpu_seconds=60, wall_seconds=2) == (
        "too_large",
        "time",
    )


def test_a_reader_stops_by_itself_and_keeps_what_it_has():
    pages = ["供水管网"] * 400
    found = reading(pdf(*pages), PDF, patience=0)
    assert (found.state, found.is_cut) == ("read", True)
    assert len(found.text) < 4 * len(pages)


def test_memory_is_limited():
    large = docx("水" * (8 * MEGABYTE))
    assert outcome(large, DOCX) == ("read", "")  # within the limits of every file
    assert outcome(large, DOCX, memory=64 * MEGABYTE) == ("too_large", "memory")


def test_the_process_can_write_no_more_than_its_answer(tmp_path):
    wanted = [
        "import json, resource, sys",
        f"sys.path.insert(0, {str(ROOT)!r})",
        "from cases.files.text.confinement import Limits, confine",
        "confine(Limits())",
        "kinds = ('AS', 'CPU', 'FSIZE', 'CORE')",
        "print(json.dumps([resource.getrlimit(getattr(resource, 'RLIMIT_' + k)) for k in kinds]))",
        f"open({str(tmp_path / 'much')!r}, 'wb', 0).write(bytes({OUTPUT_BYTES} * 2))",
        f"open({str(tmp_path / 'much')!r}, 'ab', 0).write(bytes(1))",
    ]
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-c", "\n".join(wanted)], capture_output=True, check=False
    )
    most = [512 * MEGABYTE, 8, OUTPUT_BYTES, 0]
    assert json.loads(ended.stdout) == [[one, one] for one in most]
    assert b"File too large" in ended.stderr
    assert (tmp_path / "much").stat().st_size == OUTPUT_BYTES


def test_a_process_that_ends_badly_is_only_noted(monkeypatch):
    monkeypatch.setattr("cases.files.text.apart.START", "import os; os.abort()")
    assert outcome(docx("供水"), DOCX) == ("unreadable", "crashed")
    monkeypatch.setattr("cases.files.text.apart.START", 'print(\'{"state": "owned"}\')')
    assert outcome(docx("供水"), DOCX) == ("unreadable", "crashed")


def test_our_secrets_are_not_handed_on(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    said = "dict(state='read', reason='', is_cut=False, text=str(os.environ))"
    told = f"import os, json; print(json.dumps({said}))"
    monkeypatch.setattr("cases.files.text.apart.START", told)
    assert "canary" not in reading(docx("供水"), DOCX).text


def test_characters_no_database_stores_are_left_out(monkeypatch):
    said = r'{"state": "read", "reason": "", "is_cut": false, "text": "a\u0000b\ud800c\n"}'
    told = f"print({said!r})"
    monkeypatch.setattr("cases.files.text.apart.START", told)
    assert reading(docx("供水"), DOCX).text == "abc\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("电话13807316217。", "电话＊＊＊＊＊＊＊＊＊＊＊。"),
        ("138 0731 6217", "＊" * 13),
        ("１３８０７３１６２１７", "＊" * 11),
        ("身份证43032119800101123X", "身份证" + "＊" * 18),
        ("430321 19800101 1234", "＊" * 20),
        ("卡号6222021234567890123", "卡号" + "＊" * 19),
        ("0731-55556666", "＊" * 13),
        ("合同总价1234567元，第12栋3单元", "合同总价1234567元，第12栋3单元"),
        ("工单43032926112201000375", "工单43032926112201000375"),
        ("甲方王大锤", "甲方＊＊＊"),
    ],
)
def test_numbers_of_people_are_left_out_and_others_stay(text, left):
    assert without_numbers(text, ["王大锤", "市民"]) == left

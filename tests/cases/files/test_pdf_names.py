"""Scripts and files inside a PDF are found however they are written, and not where they are chance."""

import random
import time
import zlib

import pytest

from cases.files.pdf_names import has_commands

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CATALOG = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
TAIL = b"xref\n0 1\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
EVIL = b"9 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"


def pdf(*objects):
    return HEAD + CATALOG + b"".join(objects) + TAIL


def stream(data, more=b""):
    return b"5 0 obj\n<< /Length %d%s >>\nstream\n%s\nendstream\nendobj\n" % (len(data), more, data)


@pytest.mark.parametrize("seed", range(12))
def test_packed_data_holds_any_letters_by_chance(seed):
    noise = random.Random(seed).randbytes(20_000)  # noqa: S311 - chance is what is wanted
    data = noise[:9000] + b"/JS " + noise[9000:12_000] + b"(/Launch>>" + noise[12_000:]
    assert not has_commands(pdf(stream(data), stream(zlib.compress(data))))


@pytest.mark.parametrize(
    "harmless",
    [
        b"6 0 obj\n<< /Title (a text on /JS and \\) /JavaScript) >>\nendobj\n",
        b"6 0 obj\n<< /Title (brackets (in /JS) brackets) >>\nendobj\n",
        b"6 0 obj % /JavaScript\n<< /JSX 1 /Launcher 2 >>\nendobj\n",
        b"6 0 obj\n<< /A << /B 1 >> >> % said\nstream\n/JS\nendstream\nendobj\n",
        b"6 0 obj\n<< /Length 4 >>\r\nstream\r\n/JS \r\nendstream\r\nendobj\r\n",
    ],
)
def test_what_is_no_name_is_none(harmless):
    assert not has_commands(pdf(harmless))


@pytest.mark.parametrize(
    "name", [b"/JS", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/J#53", b"/#4aavaScript"]
)
def test_each_command_is_found_with_its_escapes(name):
    assert has_commands(pdf(b"6 0 obj\n<< /A " + name + b" >>\nendobj\n"))
    assert has_commands(pdf(b"6 0 obj<</A" + name + b"<<>>>>endobj\n"))


@pytest.mark.parametrize(
    "before",
    [
        b"( an opened string between objects\n",
        b"<< >> stream\n",
        b"<< /Length 99999 >>\nstream\n",
        b"7 0 obj\n<< /Length 99999 >>\nstream\n",
        b"7 0 obj\n(\n",
        b"% a comment without end ",
        b"7 0 obj << (",
    ],
)
def test_nothing_before_an_object_hides_it(before):
    assert has_commands(pdf(before, EVIL, b"\nendstream )\n"))


@pytest.mark.parametrize(
    "inside",
    [
        b"<< /A stream\n /S /JavaScript endstream >>",  # no stream: the dictionary is open
        b"<< /A << >> stream\n /S /JavaScript endstream >>",
        b"stream\n /JS endstream",  # none without a dictionary
        b"<< >> /A stream\n /JS endstream",
        b"<< /A (not closed /JS",
        b">> stream\n /JS endstream",
        b"<< /A 1 >>\nstream\n x\nendstream\n<< /JS 1 >>",
    ],
)
def test_what_looks_like_packed_data_is_looked_at(inside):
    assert has_commands(pdf(b"6 0 obj\n" + inside + b"\nendobj\n"))


def test_before_the_first_object_too():
    assert has_commands(HEAD + b"<< /JS 1 >>" + TAIL)


@pytest.mark.parametrize(
    "many", [b"(", b"((", b"<< ", b">>stream\n", b"1 0 obj ", b"% ", b"/J", b"1 " * 3, b"(\\"]
)
def test_ten_million_of_anything_are_looked_at_once(many):
    content = HEAD + b"1 0 obj <<>>" + many * (10_000_000 // len(many))
    began = time.process_time()
    assert not has_commands(content)
    assert time.process_time() - began < 10

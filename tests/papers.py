"""Files as people attach them, and as people should not: made here, byte by byte or by a library."""

import io
import zipfile
import zlib

from openpyxl import Workbook

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs, xml=None):
    """A Word file of plain paragraphs, or with this very ``xml`` as its document."""
    told = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{told}</w:body></w:document>'
    return archive(
        {"[Content_Types].xml": "<x/>", "word/document.xml": document if xml is None else xml}
    )


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def xlsx(*rows, title="明细"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(*pages, stream=None):
    """A PDF with one line of text a page; ``stream`` is put into each page as it is (compressed)."""
    used = sorted({character for page in pages for character in page})
    codes = "\n".join(f"<{ord(one):04x}> <{ord(one):04x}>" for one in used)
    cmap = (
        "begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{len(used)} beginbfchar\n{codes}\nendbfchar\nendcmap"
    ).encode()
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        5: b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    }
    for at, text in enumerate(pages):
        lines = text.split("\n")
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
        content = f"BT /F 12 Tf 50 700 Td {shown} ET".encode() if stream is None else stream
        packed = zlib.compress(content, 9)
        objects[10 + 2 * at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {11 + 2 * at} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        ).encode()
        head = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
        objects[11 + 2 * at] = head + packed + b"\nendstream"
    return assembled(objects)


def assembled(objects):
    """A PDF of numbered objects; the first is its root."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, told in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, told))
    start = out.tell()
    size = max(objects) + 1
    out.write(b"xref\n0 %d\n" % size)
    for number in range(size):
        known = number in places
        out.write(
            b"%010d %05d %s \n"
            % (places.get(number, 0), 0 if known else 65535, b"n" if known else b"f")
        )
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()

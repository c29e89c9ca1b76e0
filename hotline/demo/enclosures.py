"""Two files that citizens sent along, so that the search shows what it finds in files."""

import io
import zipfile
from datetime import datetime
from html import escape

from django.core.files.base import ContentFile
from openpyxl import Workbook

from cases.files.accepting import accept_file
from cases.models import Attachment, Case

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    ),
}
SIGNED = "以上情况属实，请有关单位现场核实并书面答复。联名住户二十三户，签名页附后。"
SEEN = (
    ("日期", "时段", "现场情况"),
    ("第一天", "清晨六点半", "响声持续四十分钟，关窗仍能听到"),
    ("第二天", "中午", "无异常"),
    ("第三天", "夜间十点后", "响声断续，邻居录有视频"),
)


def enclose() -> None:
    """Give the two oldest open cases from the website a file each; idempotent."""
    waiting = Case.objects.filter(channel="web", closed_at=None).order_by("pk")
    for case, (name, make) in zip(waiting[:2], FILES.items(), strict=False):
        if not Attachment.objects.filter(name=name).exists():
            _attach(case, name, make(case), case.registered_at)


def _attach(case: Case, name: str, content: bytes, at: datetime) -> None:
    checked = accept_file(ContentFile(content, name))
    Attachment.objects.create(
        case=case,
        kind=Attachment.Kind.CITIZEN,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        file=ContentFile(checked.content, f"demo-{case.pk}.{checked.name.rsplit('.', 1)[-1]}"),
        at=at,
    )


def _petition(case: Case) -> bytes:
    lines = ["联名意见书", f"事由：{case.title}", case.content, SIGNED]
    told = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = f'<w:document xmlns:w="{WORD}"><w:body>{told}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "word/document.xml": document}.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _record(_case: Case) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("现场记录")
    for row in SEEN:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES = {"联名意见书.docx": _petition, "现场记录.xlsx": _record}

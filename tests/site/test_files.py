"""What may be attached is told by its content: pictures are rewritten, the rest is looked into."""

import io
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, PngImagePlugin

from cases.errors import Refused
from cases.files.accepting import MAX_BYTES, accept_file, clean_name
from cases.models import Attachment, Case
from hotline.channels.web import filing as filings
from hotline.models import Filing, FilingFile
from tests.site.conftest import CONTACT, MATTER, to_matter

PLACE = b"GPS-canary-27.95N-112.78E"


def picture(kind="JPEG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **options)
    return out.getvalue()


def with_exif():
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # description
    exif[0x0112] = 6  # turned by 90 degrees
    return picture(exif=exif)


def office(*names, **texts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, texts.get("text", "<x/>"))
    return out.getvalue()


def annotated(kind):
    """A picture with a place in every corner where its kind keeps words."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    more = {"comment": PLACE} if kind == "JPEG" else {"xmp": PLACE} if kind == "WEBP" else {}
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", PLACE.decode())
    return picture(kind, exif=exif, **more)


def upload(content, name="水沟.jpg"):
    return SimpleUploadedFile(name, content)


def png_claiming(width, height):
    """A valid head of a picture with that many pixels, and next to nothing behind it."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (picture(), "image/jpeg", "jpg"),
        (picture("PNG"), "image/png", "png"),
        (picture("WEBP"), "image/webp", "webp"),
        (PDF, "application/pdf", "pdf"),
        (DOCX, "wordprocessingml.document", "docx"),
        (XLSX, "spreadsheetml.sheet", "xlsx"),
    ],
)
def test_allowed_whatever_its_name_says(content, media_type, ending):
    checked = accept_file(upload(content, "x.exe"))
    assert checked.media_type.endswith(media_type)
    assert checked.name == f"x.{ending}"
    assert len(checked.sha256) == 64


def test_place_and_device_are_gone_and_the_picture_is_upright():
    raw = with_exif()
    assert PLACE in raw
    checked = accept_file(upload(raw + b"<script>hidden behind</script>"))
    assert PLACE not in checked.content
    assert b"script" not in checked.content
    with Image.open(io.BytesIO(checked.content)) as image:
        assert image.size == (30, 40)
        assert not image.getexif()


@pytest.mark.parametrize("more", [1, 3])
def test_a_telephones_photo_with_more_pictures_in_it_is_the_jpeg_it_is(more):
    out = io.BytesIO()
    small = [Image.new("RGB", (8, 8), "red") for _ in range(more)]
    Image.new("RGB", (40, 30), "green").save(out, "MPO", save_all=True, append_images=small)
    checked = accept_file(upload(out.getvalue() + PLACE, "IMG_0001.jpg"))
    assert (checked.media_type, checked.name) == ("image/jpeg", "IMG_0001.jpg")
    assert PLACE not in checked.content
    with Image.open(io.BytesIO(checked.content)) as image:
        assert (image.format, image.size, getattr(image, "n_frames", 1)) == ("JPEG", (40, 30), 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_words_inside_a_picture_are_gone(kind):
    raw = annotated(kind)
    assert PLACE in raw
    assert PLACE not in accept_file(upload(raw)).content


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空文件"),
        (b"MZ\x90\x00 program", "不是图片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不是图片"),
        (b"<html><script>alert(1)</script></html>", "不是图片"),
        (b"GIF89a" + b"\x00" * 50, "不是图片"),
        (b"\xff\xd8\xff\xe0" + b"not a picture" * 20, "打不开"),
        (picture()[:300], "打不开"),
        (png_claiming(50_000, 50_000), "像素太多"),
        (png_claiming(2**31 - 1, 2**31 - 1), "像素太多"),
        (b"%PDF-1.4 cut off", "打不开"),
        (PDF.replace(b"<<>>endobj", b"<</S/JavaScript/JS(app.alert(1))>>endobj"), "命令"),
        (b"PK\x03\x04 broken", "打不开"),
        (office("readme.txt"), "不是图片"),
        (office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "宏"),
        (office("[Content_Types].xml", "word/document.xml", text="0" * 40_000_000), "展开后太大"),
        (office("[Content_Types].xml", *[f"word/{n}.xml" for n in range(2001)]), "展开后太大"),
    ],
)
def test_refused_with_a_sentence(content, told):
    with pytest.raises(Refused, match=told):
        accept_file(upload(content))


def test_too_many_bytes():
    with pytest.raises(Refused, match="10 MB"):
        accept_file(upload(b"\xff\xd8\xff" + b"\x00" * MAX_BYTES))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\photos\\水沟.JPG", "水沟.JPG"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("x" * 300 + ".jpg", "x" * 100 + ".jpg"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names(raw, clean):
    assert clean_name(raw) == clean


def test_files_go_with_the_case(pages, client, settings):
    address = to_matter(client)
    files = [upload(with_exif()), upload(PDF, "说明.txt")]
    client.post(address, MATTER | {"act": "add", "files": files})
    page = client.get(address).content.decode()
    assert "水沟.jpg" in page
    assert "说明.pdf" in page
    client.post(address, MATTER | {"act": "next"})
    Filing.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    client.post(address.replace("matter", "contact"), CONTACT)
    case = Case.objects.get()
    kept = list(case.attachments.values_list("name", "media_type", "kind"))
    assert kept == [
        ("水沟.jpg", "image/jpeg", "citizen"),
        ("说明.pdf", "application/pdf", "citizen"),
    ]
    assert not FilingFile.objects.exists()
    for one in Attachment.objects.all():
        assert "水沟" not in one.file.name
        with one.file.open() as file:
            assert PLACE not in file.read()
        assert client.get(f"/media/{one.file.name}").status_code == 404


def test_a_bad_file_keeps_what_was_typed_and_the_good_ones(pages, client):
    address = to_matter(client)
    files = [upload(picture()), upload(b"MZ program", "x.jpg")]
    answer = client.post(address, MATTER | {"act": "next", "files": files})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“x.jpg”不是图片" in page
    assert MATTER["content"] in page
    assert FilingFile.objects.get().name == "水沟.jpg"


def test_a_file_can_be_removed_and_twice_is_once(pages, client, django_capture_on_commit_callbacks):
    address = to_matter(client)
    for _ in range(2):
        client.post(address, MATTER | {"act": "add", "files": [upload(picture())]})
    kept = FilingFile.objects.get()
    path = kept.file.path
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, MATTER | {"act": f"remove-{kept.pk}"})
    assert not FilingFile.objects.exists()
    with pytest.raises(FileNotFoundError), open(path, "rb"):  # noqa: PTH123
        pass


def test_from_another_storage_a_file_goes_once_its_row_is_gone(
    pages, client, settings, django_capture_on_commit_callbacks
):
    in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": in_memory}
    address = to_matter(client)
    client.post(address, MATTER | {"act": "add", "files": [upload(picture())]})
    kept = FilingFile.objects.get()
    storage, name = kept.file.storage, kept.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(address, MATTER | {"act": f"remove-{kept.pk}"})
    assert storage.exists(name)
    assert not FilingFile.objects.exists()
    for callback in callbacks:
        callback()
    assert not storage.exists(name)


def test_at_most_six(pages, client):
    address = to_matter(client)
    files = [upload(picture(size=(10 + n, 10)), f"{n}.jpg") for n in range(7)]
    answer = client.post(address, MATTER | {"act": "add", "files": files})
    assert answer.status_code == 422
    assert "最多 6 个文件" in answer.content.decode()
    assert FilingFile.objects.count() == 6


def test_files_of_a_form_left_lying_are_deleted(pages, client, django_capture_on_commit_callbacks):
    client.post(to_matter(client), MATTER | {"act": "add", "files": [upload(picture())]})
    path = FilingFile.objects.get().file.path
    with django_capture_on_commit_callbacks(execute=True):
        filings.clear_left(timezone.now() + timedelta(hours=25))
    assert not Filing.objects.exists()
    with pytest.raises(FileNotFoundError), open(path, "rb"):  # noqa: PTH123
        pass

"""Two stories of the search: a question that watches for the office, and a list that leaves it on paper."""

import re
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cases.tasks import drain_outbox
from search import tasks
from tests.cast import NOON
from tests.journeys.office import Office
from tests.search.exported import browser

QUESTION = {"q": "路灯", "channel": "phone"}
SEARCHES, EXPORTS = "/desk/searches/", "/desk/exports/"


@pytest.fixture
def office(cast, settings, tmp_path):
    """Monday noon; everybody is there."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    call_command("make_site", verbosity=0)
    with time_machine.travel(NOON, tick=False) as clock:
        yield Office(cast, clock)


def at_work(office, *jobs, **span):
    """Time goes on, and the background worker does what is due."""
    office.later(**span)
    drain_outbox()
    for job in jobs:
        job()


def link_to(page, where):
    """The address of the one link on a page that begins so."""
    (address,) = set(re.findall(rf'href="({re.escape(where)}[^"]*)"', page))
    return address.replace("&amp;", "&")


def test_a_shared_search_tells_a_colleague_of_the_next_case(office):
    cast = office.cast
    office.call("accept", token=f"{'first':-<32}")
    known = office.case.number
    at_work(office)
    asked = "/desk/search/?q=路灯&channel=phone"
    assert known in office.page(cast.supervisor, asked)
    said = QUESTION | {"name": "电话里的路灯", "shared": "on"}
    _, saved = office.act(cast.supervisor, SEARCHES, said)
    assert saved.url.startswith("/desk/search/?q=")

    listed = office.page(cast.dispatcher, SEARCHES)
    assert "电话里的路灯" in listed
    assert "电话里的路灯" not in office.page(cast.clerk, SEARCHES)  # of the office, not of a unit
    (search,) = set(re.findall(rf"{SEARCHES}\d+/", listed))
    office.act(cast.dispatcher, f"{search}subscription/", {"every": "hour"})
    at_work(office, tasks.tell_subscribers, minutes=1)
    assert "电话里的路灯" not in office.page(cast.dispatcher, reverse("desk:notices"))

    office.call("accept", token=f"{'second':-<32}", content="建设路的路灯闪个不停，请派人看看。")
    at_work(office, tasks.tell_subscribers, minutes=20)
    notices = office.page(cast.dispatcher, reverse("desk:notices"))
    assert "1 件新工单" in notices
    assert "电话里的路灯" not in office.page(cast.supervisor, reverse("desk:notices"))
    reader = browser(cast.dispatcher)
    page = reader.get(link_to(notices, SEARCHES), follow=True).content.decode()
    assert "建设路的" in page
    case = link_to(page.split('class="hits"')[1].split("</h2>")[0], "/desk/cases/")
    assert "闪个不停" in reader.get(case).content.decode()

    at_work(office, tasks.tell_subscribers, hours=3)
    assert office.page(cast.dispatcher, reverse("desk:notices")).count("1 件新工单") == 1


def test_an_export_is_asked_approved_opened_and_gone_after_a_week(office):
    cast = office.cast
    office.call("accept")
    at_work(office)
    number = office.case.number
    address = link_to(office.page(cast.dispatcher, "/desk/search/?q=路灯"), f"{EXPORTS}new/")
    form = office.page(cast.dispatcher, address)
    assert "由您以外的督办员审批" in form
    assert browser(cast.operator).get(address).status_code == 404  # may search, not take away

    _, answer = office.act(
        cast.dispatcher, f"{EXPORTS}new/", {"q": "路灯", "reason": "上报县政府常务会"}
    )
    export = answer.url
    assert "上报县政府常务会" in office.page(cast.supervisor, export)
    asker = browser(cast.dispatcher)
    asker.raise_request_exception = False
    assert asker.post(f"{export}decision/", {"act": "approve"}).status_code == 404
    office.act(cast.supervisor, f"{export}decision/", {"act": "approve", "note": "同意"})
    at_work(office, tasks.make_exports, minutes=1)

    notices = office.page(cast.dispatcher, reverse("desk:notices"))
    assert link_to(notices, EXPORTS + export.split("/")[-2]) == export
    file = link_to(office.page(cast.dispatcher, export), f"{export}file/")
    opened = asker.get(file)
    assert opened.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(opened.streaming_content))).worksheets[0]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    row = next(one for one in rows if number in one)
    assert "王＊芬 · 138＊＊＊＊6217" in row
    text = "\n".join(map(" ".join, rows))
    assert "王桂芬" not in text
    assert "13807316217" not in text
    assert "上报县政府常务会" in rows[0][0]  # the watermark: who, when, why
    assert cast.dispatcher.username in rows[0][0]
    assert cast.dispatcher.username in row[-1]
    assert "上报县政府常务会" in sheet.oddHeader.center.text
    assert "下载了文件" in office.page(cast.supervisor, export)

    assert len(_files("exports")) == 1
    at_work(office, tasks.expire_exports, days=8)
    assert browser(cast.dispatcher).get(file).status_code == 409
    assert _files("exports") == []
    assert "已过期" in office.page(cast.dispatcher, export)


def _files(folder):
    """Names of all files below a folder of the storage."""
    folders, names = default_storage.listdir(folder)
    return [*names, *(name for one in folders for name in _files(f"{folder}/{one}"))]


def test_nobody_outside_reads_any_of_it(office):
    for address in (SEARCHES, EXPORTS, f"{EXPORTS}new/"):
        assert Client().get(address).status_code == 302

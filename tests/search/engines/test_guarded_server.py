"""A search server with TLS and a password: it works, and a wrong one is told and loses nothing."""

import logging

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cases.events.outbox import AWAY_PAUSE, MAX_ATTEMPTS, drain, forget_absences
from cases.models import Case, Duty
from search.asking.finding import find
from search.engines import absence
from search.engines.chosen import elastic, engine, health
from search.engines.port import EngineAway
from search.indexing import watching
from search.indexing.upkeep import SERVER
from tests.cast import NOON, wang_says
from tests.search.conftest import PREFIX
from tests.search.conftest import SERVER as PLAIN
from tests.search.engines.guarded import PASSWORD, address, certificate, guarded

pytestmark = [pytest.mark.elastic_only, pytest.mark.services]
WRONG = "falsch-geraten-7"
SENTENCES = {
    "password": (absence.REFUSED, "用户名或密码被拒绝。"),
    "certificate": (absence.UNTRUSTED, "服务器的证书不受信任。"),
    "no certificate": (absence.UNTRUSTED, "服务器的证书不受信任。"),
    "not elastic": (absence.FOREIGN, "该地址应答的不是 Elasticsearch 8。"),
}


@pytest.fixture
def gate(tmp_path):
    with guarded(PLAIN, tmp_path) as (place, ca):
        yield place, ca


@pytest.fixture
def chosen(settings, gate, cast):
    """Set the product to the gate; returns how to set it to something wrong."""

    def choose(url, ca):
        settings.ELASTICSEARCH_URLS = [url]
        settings.ELASTICSEARCH_CA = ca
        settings.ELASTICSEARCH_PREFIX = PREFIX
        forget_absences()
        elastic().is_seen_at_once = True
        elastic().server._not_before = 0.0

    place, ca = gate
    choose(address(place), ca)
    return choose


@pytest.fixture(params=SENTENCES)
def wrong(request, chosen, gate, tmp_path):
    """Something is wrong with it; returns the two sentences that say what."""
    place, ca = gate
    (foreign := tmp_path / "foreign").mkdir()
    choices = {
        "password": (address(place, WRONG), ca),
        "certificate": (address(place), str(certificate(foreign, "foreign")[0])),
        "no certificate": (address(place), ""),
        "not elastic": (f"http://elastic:{WRONG}@{strange(request)}", ""),
    }
    chosen(*choices[request.param])
    return SENTENCES[request.param]


def strange(request):
    """Open a server that is none: it answers everything with an empty page."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>It works!</p>")

        do_POST = do_PUT = do_HEAD = do_DELETE = do_GET  # noqa: N815 - the library's names

        def log_message(self, *_words):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    request.addfinalizer(server.server_close)
    request.addfinalizer(server.shutdown)
    return f"127.0.0.1:{server.server_address[1]}"


def test_through_tls_and_password_everything_works(chosen, say, found, capsys):
    case = say("停水的内容", title="停水")
    assert found("停水") == [case.number]
    assert health()["engines"]["elasticsearch"] == {"status": "ok", "waiting": 0}
    call_command("rebuild_index", "--engine", "elasticsearch")
    assert "elasticsearch: 1 cases indexed" in capsys.readouterr().out
    call_command("check_index")
    assert found("停水") == [case.number]


def test_what_is_wrong_is_told_and_nothing_is_lost(
    chosen, gate, wrong, cast, found, caplog, capsys
):
    caplog.set_level(logging.DEBUG)
    sentence, words = wrong
    case = wang_says(cast, content="停水的内容", title="停水")
    at = NOON
    for _ in range(MAX_ATTEMPTS + 1):
        drain(at)
        at += AWAY_PAUSE
    duty = Duty.objects.get(consumer=SERVER)
    assert (duty.parked, duty.attempts, duty.error) == (False, 0, sentence)
    answer = find("停水", cast.dispatcher, at=NOON)
    assert (answer.degraded, [hit.case for hit in answer.hits]) == (True, [case])
    likes = engine().similar("停水的内容", Case.objects.visible_to(cast.dispatcher))
    assert [like.case_id for like in likes] == [case.pk]
    with pytest.raises(EngineAway, match=sentence[:20]):
        elastic().drift()
    said = told_by_commands(sentence) + page_of(cast)
    assert words in said
    said += caplog.text + "".join(capsys.readouterr()) + str(health()) + str(watching.watched())
    said += "".join(Duty.objects.values_list("error", flat=True))
    for secret in (PASSWORD, WRONG, address("", PASSWORD)[14:-1], "ZWxhc3RpYzp", "Traceback"):
        assert secret not in said, secret
    chosen(address(gate[0]), gate[1])  # put right
    drain(at)
    assert not Duty.objects.exists()
    assert found("停水") == [case.number]


def told_by_commands(sentence) -> str:
    """What rebuild and check say; both name the fault."""
    said = ""
    for command in ("rebuild_index", "check_index"):
        elastic().server._not_before = 0.0
        with pytest.raises(CommandError) as told:
            call_command(command)
        assert f"elasticsearch: {sentence}" in str(told.value)
        said += str(told.value)
    return said


def page_of(cast) -> str:
    """The page of the system, in both languages."""
    browser = Client()
    browser.force_login(cast.sysadmin, backend="cases.people.signed_in.StaffBackend")
    with translation.override(None):
        said = browser.get(reverse("desk:system")).content.decode()
        browser.cookies["django_language"] = "en"
        return said + browser.get(reverse("desk:system")).content.decode()


def test_a_fault_shows_no_password_to_a_person_who_looks_at_errors(chosen, settings):
    """Where a page of errors lists the settings, as with DEBUG=1, the address is covered."""
    from django.views.debug import get_default_exception_reporter_filter

    shown = get_default_exception_reporter_filter().get_safe_settings()
    assert PASSWORD not in str(shown)
    assert address("")[14:-1] not in str(shown)

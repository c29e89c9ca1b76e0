"""No address takes a number or name of a citizen: no pattern, no form by GET, no link that is shown."""

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

from django.db import transaction

from config.addresses import BOXES
from tests.permissions.lines import STAFF
from tests.permissions.people import body_of, browser_of
from tests.permissions.table import TABLE
from tests.permissions.urlmap import addresses, own
from tests.structure.tree import APPS, ROOT, files

PHONE, NAME, PAPER = "13807316217", "王桂芬", "430329198501011234"
PARTS = {"channel", "kind", "metric", "number", "page_id", "page_view_restriction_id", "path", "pk"}
FORM = re.compile(
    r"<form\b(?P<head>(?:[^>{]|\{%.*?%\}|\{\{.*?\}\})*)>(?P<body>.*?)</form>", re.DOTALL
)
TEXT_BOX = re.compile(
    r"<(?:input(?![^>]*type=\"(?:hidden|date|checkbox|radio|submit)\")|textarea)\b[^>]*"
)


def test_no_pattern_takes_a_number_or_a_name_of_somebody():
    mine = set(own())
    taken = {
        part
        for name, _route, pattern in addresses()
        if name in mine
        for part in pattern.pattern.converters
    }
    assert taken - PARTS <= {"token"}


def forms_by_get():
    for path in files():
        if path.suffix == ".html" and path.relative_to(ROOT).parts[0] in APPS:
            for form in FORM.finditer(path.read_text()):
                if 'method="post"' not in form["head"]:
                    yield path.relative_to(ROOT), form["body"]


def test_forms_by_get_have_guarded_boxes_only():
    """Beside choices, days and hidden fields: what is typed into one is looked at (``BOXES``)."""
    boxes = set()
    for path, body in forms_by_get():
        assert "{% field" not in body, path  # a form of Django's is not read here: send it by POST
        for box in TEXT_BOX.findall(body):
            boxes.add(re.search(r'name="([^"]*)"', box)[1])
    assert boxes == set(BOXES)


TYPED = (PHONE, "138 0731 6217", f"停水 {PHONE}", PAPER, "1380731621７")
ASKED = (
    ("desk:audit", "audit_admin"),
    ("desk:settings", "system_admin"),
    ("desk:synonyms", "system_admin"),
    ("routing:catalogue", "dispatcher"),
    ("site:search", "anonymous"),
    ("site:answers", "anonymous"),
    ("desk:search", "anonymous"),
    ("desk:search", "dispatcher"),
)


def test_a_number_typed_into_an_address_does_not_stay_there(county):
    for name, column in ASKED:
        place = next(line for line in TABLE if line.name == name).url(county)
        client = browser_of(county.people[column])
        for typed in TYPED:
            answer = client.get(place, {"q": typed, "of": "views"}, follow=True)
            assert answer.redirect_chain, (name, typed)
            assert answer.headers["Referrer-Policy"] == "same-origin"
            shown = unescape(answer.content.decode())
            places = [place for place, _status in answer.redirect_chain]
            for text in [*places, *re.findall(r'(?:href|action)="([^"]*)"', shown)]:
                digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", unquote(text)))
                assert PHONE not in digits, text
                assert PAPER not in digits, text
            if (name, column) != ("desk:search", "dispatcher"):  # which looks it up under a key
                assert "证件号码" in shown


def test_a_case_number_a_day_and_words_stay(county):
    number = county.case["contacted"].number
    for words in (number, "2026-11-23", "路灯 3天", "张蕾"):
        answer = browser_of(county.people["audit_admin"]).get("/desk/audit/", {"q": words})
        assert answer.status_code == 200, words


def test_no_link_on_any_page_holds_a_number_or_name(county):
    """Every page of everybody, with cases of a citizen on it."""
    wrong = []
    for line in TABLE:
        for column in sorted(line.allowed & STAFF)[:2]:
            client, data = browser_of(county.people[column]), line.data
            with transaction.atomic():
                url = line.url(county)
                answer = client.get(url) if data is None else client.post(url, data(county) or {})
                shown = body_of(answer)
                transaction.set_rollback(True)
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            links = re.findall(r'(?:href|action|src|hx-[a-z]+)="([^"]*)"', unescape(shown.decode()))
            links = [link for link in links if not link.startswith("tel:")]  # dials, no address
            links.append(answer.headers.get("Location", ""))
            wrong += [(line.name, link) for link in links if PHONE in link or NAME in link]
    assert wrong == []

"""An advisory is about the versions that it names, and about no other."""

import pytest

from tests.advisories.osv import Pin, findings, is_affected


def entry(*events, versions=(), kind="ECOSYSTEM", name="django"):
    ranges = [{"type": kind, "events": list(events)}] if events else []
    return {
        "package": {"ecosystem": "PyPI", "name": name},
        "ranges": ranges,
        "versions": list(versions),
    }


def advisory(*affected, **told):
    return {"id": "PYSEC-1", "modified": "2026-11-01T00:00:00Z", "affected": affected} | told


UNTIL_FIXED = [{"introduced": "5.2"}, {"fixed": "5.2.8"}]
TWICE = [{"introduced": "0"}, {"fixed": "4.2.20"}, *UNTIL_FIXED]
LAST = [{"introduced": "0"}, {"last_affected": "5.2.7"}]
LIMITED = [{"introduced": "5.0"}, {"limit": "5.2"}]


@pytest.mark.parametrize(
    ("version", "events", "affected"),
    [
        ("5.1.9", UNTIL_FIXED, False),
        ("5.2", UNTIL_FIXED, True),
        ("5.2.0", UNTIL_FIXED, True),
        ("5.2.7", UNTIL_FIXED, True),
        ("5.2.8rc1", UNTIL_FIXED, True),
        ("5.2.8", UNTIL_FIXED, False),
        ("5.2.10", UNTIL_FIXED, False),
        ("0.96", TWICE, True),
        ("0.1a1", TWICE, True),
        ("4.2.20", TWICE, False),
        ("5.2.3", list(reversed(TWICE)), True),
        ("5.2.7", LAST, True),
        ("5.2.7.post1", LAST, False),
        ("5.1", LIMITED, True),
        ("5.2", LIMITED, False),
        ("5.2", [{"introduced": "5.0"}, {"limit": "*"}], True),
        ("5.2", [{"introduced": "5.0"}, {"fixed": "see the notes"}], True),
    ],
)
def test_a_range(version, events, affected):
    assert is_affected(version, entry(*events)) is affected


def test_listed_versions():
    listed = entry(versions=["5.2.7", "2004b-first"])
    assert is_affected("5.2.7", listed)
    assert is_affected("5.2.7.0", listed)
    assert not is_affected("5.2.70", listed)


def test_a_range_of_commits_is_about_no_release():
    assert not is_affected("5.2.7", entry({"introduced": "0"}, kind="GIT"))


def test_a_finding_names_the_pin_the_advisory_and_the_remedy():
    pins = [Pin("django", "5.2.7", "base.txt"), Pin("djlint", "5.2.7", "dev.txt")]
    record = advisory(entry(*UNTIL_FIXED), aliases=["CVE-2026-1"], details="Told.\nAt length.")
    [found] = findings(pins, [record])
    assert (found.pin, found.advisory) == (pins[0], "PYSEC-1")
    assert (found.known_as, found.summary) == (("CVE-2026-1",), "Told.")
    assert found.fixed_in == ("5.2.8",)
    assert findings([Pin("django", "5.2.8", "base.txt")], [record]) == []


def test_a_package_is_known_under_any_spelling_of_its_name():
    pins = [Pin("typing_extensions", "1.0", "base.txt")]
    record = advisory(entry({"introduced": "0"}, name="Typing.Extensions"))
    assert [one.pin for one in findings(pins, [record])] == pins


@pytest.mark.parametrize(
    "record",
    [
        advisory(entry({"introduced": "0"}), withdrawn="2026-11-02T00:00:00Z"),
        advisory(entry({"introduced": "0"}) | {"package": {"ecosystem": "npm", "name": "django"}}),
        advisory(entry({"introduced": "0"}, name="django-cms")),
    ],
)
def test_what_is_withdrawn_or_about_others_is_no_finding(record):
    assert findings([Pin("django", "5.2.7", "base.txt")], [record]) == []

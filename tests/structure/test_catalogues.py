"""Chinese is complete: no string missing, fuzzy, uncompiled or left out of the catalogue."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.structure.catalogue import entries
from tests.structure.tree import APPS, ROOT, files, ours

CATALOGUES = sorted(
    p for p in files() if p.name == "django.po" and p.relative_to(ROOT).parts[0] in APPS
)
IDS = [str(p.relative_to(ROOT)) for p in CATALOGUES]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def test_every_catalogue_is_found_by_django():
    known = {Path(p) for p in settings.LOCALE_PATHS} | {ROOT / app / "locale" for app in APPS}
    assert CATALOGUES
    assert {path.parents[2] for path in CATALOGUES} <= known


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_nothing_is_missing_or_fuzzy(path):
    bad = [e.msgid for e in entries(path) if e.fuzzy or not all(e.translations.values())]
    assert bad == []


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_a_translation_keeps_the_places_for_values(path):
    bad = [
        e.msgid
        for e in entries(path)
        for text in e.translations.values()
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(e.msgid + e.plural))
    ]
    assert bad == []


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_the_compiled_catalogue_is_shipped_and_current(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled._catalog  # an empty one would pass the comparison
    for entry in entries(path):
        key = f"{entry.context}\x04{entry.msgid}" if entry.context else entry.msgid
        plural = "msgstr" not in entry.translations
        shown = compiled._catalog.get((key, 0) if plural else key)
        assert shown == entry.translations["msgstr[0]" if plural else "msgstr"], entry.msgid


@pytest.mark.gettext
def test_every_string_of_the_code_is_in_a_catalogue(tmp_path):
    """Collect again in a copy: a string that only then appears was forgotten."""
    for path in files():
        if path.relative_to(ROOT).parts[0] in APPS:
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shipped = {(e.msgid, e.context) for path in CATALOGUES for e in entries(path)}
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    missing = []
    for app in APPS:
        (tmp_path / app / "locale").mkdir(exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "django",
                "makemessages",
                "-l",
                "zh_Hans",
                "--no-location",
            ],
            cwd=tmp_path / app,
            env=environment,
            check=True,
            capture_output=True,
        )
        for catalogue in (tmp_path / app).rglob("django.po"):
            missing += [
                f"{app}: {e.msgid}"
                for e in entries(catalogue)
                if (e.msgid, e.context) not in shipped
            ]
    assert missing == []


def test_no_alias_hides_a_string_from_the_collection():
    """Strings are collected by the names of gettext's functions, and by ``_``."""
    alias = re.compile(
        r"^from django\.utils\.translation import \w*gettext\w* as (?!_$)", re.MULTILINE
    )
    assert [str(path) for path in ours() if alias.search(path.read_text(encoding="utf-8"))] == []


def test_no_string_stands_inside_another():
    """What collects strings reads none inside an f-string: its translation is dropped as no longer used."""
    hidden = [
        f"{path.relative_to(ROOT)}:{one.lineno}"
        for path in ours()
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for one in ast.walk(text)
        if isinstance(one, ast.Call)
        and getattr(one.func, "id", "") in {"_", "gettext", "ngettext", "gettext_lazy"}
    ]
    assert hidden == []

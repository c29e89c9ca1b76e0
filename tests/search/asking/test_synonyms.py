"""Synonym sets: one word in one set, edits that hold at once, and who changed what."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cases.errors import IllegalStep, NotPermitted, Refused
from search.asking.finding import find
from search.asking.synonyms import groups, keep_set, read_words, restore, retire
from search.models import SynonymChange, SynonymSet, SynonymWord
from tests.cast import NOON


@pytest.fixture
def outage(cast):
    return keep_set(None, text="停水\n断水", note="供水", by=cast.sysadmin, at=NOON)


def test_an_edit_holds_from_the_next_search_on(say, found, cast):
    dry, dark = say("小区断水两天"), say("路灯不亮")
    assert found("停水") == []
    kept = keep_set(None, text="停水，断水", note="", by=cast.dispatcher, at=NOON)
    assert found("停水") == [dry.number]
    assert found("小区停水") == [dry.number]
    assert found("答復:停水") == []
    assert found('"停水"') == []
    assert found("小区 -停水") == []
    keep_set(kept, text="停水、不亮", note="", revision=1, by=cast.dispatcher, at=NOON)
    assert found("停水") == [dark.number]
    kept.refresh_from_db()
    retire(kept, revision=kept.revision, by=cast.dispatcher, at=NOON)
    assert found("停水") == []


def test_what_a_synonym_found_is_marked(say, cast, outage):
    say("小区斷水两天", title="斷水")
    hit = find("停水", cast.dispatcher, at=NOON).hits[0]
    assert hit.title == "<mark>斷水</mark>"
    assert "<mark>斷水</mark>" in hit.snippet


def test_synonyms_are_folded_and_show_nothing_hidden(say, found, cast):
    keep_set(None, text="電動車，ＫＴＶ歌城", note="", by=cast.sysadmin, at=NOON)
    assert set(groups()) == {"电动车", "ktv歌城"}
    hidden = say("KTV歌城吵闹")
    assert found("电动车") == [hidden.number]
    assert found("电动车", cast.clerk) == []


def test_words_are_read_by_line_comma_or_pause():
    assert read_words(" 停水\n断水，没水、停水;缺 水\n\n") == ["停水", "断水", "没水", "缺 水"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("停水", "两个"),
        ("", "两个"),
        ("訴求\n诉求", "两个"),
        ("停水\n水", "“水”"),
        ("停水\n" + "长" * 21, "20"),
        ("停水\n！！", "“！！”"),
        ("\n".join(f"词{n}" for n in range(13)), "12"),
    ],
)
def test_what_is_no_set_is_refused_with_a_sentence(cast, typed, said):
    with pytest.raises(Refused, match=said):
        keep_set(None, text=typed, note="", by=cast.sysadmin, at=NOON)
    assert not SynonymSet.objects.exists()
    assert not SynonymChange.objects.exists()


def test_a_word_stands_in_one_set_in_use(cast, outage):
    with pytest.raises(Refused, match="停水 · 断水"):
        keep_set(None, text="斷水\n没水", note="", by=cast.sysadmin, at=NOON)
    retired = retire(outage, revision=1, by=cast.sysadmin, at=NOON)
    keep_set(None, text="断水\n没水", note="", by=cast.sysadmin, at=NOON)
    with pytest.raises(Refused, match="没水"):
        restore(retired, revision=2, by=cast.sysadmin, at=NOON)
    assert set(groups()) == {"断水", "没水"}
    assert SynonymSet.objects.get(pk=outage.pk).is_active is False


def test_every_act_leaves_its_trace(cast, outage):
    later = NOON + timedelta(hours=1)
    keep_set(outage, text="停水\n断水\n没水", note="", revision=1, by=cast.dispatcher, at=later)
    retire(outage, revision=2, by=cast.supervisor, at=later)
    restore(outage, revision=3, by=cast.sysadmin, at=later)
    rows = SynonymChange.objects.order_by("pk").values_list(
        "act", "words_before", "words", "by__username", "at"
    )
    assert list(rows) == [
        ("added", "", "停水\n断水", "sysadmin", NOON),
        ("changed", "停水\n断水", "停水\n断水\n没水", "dispatcher", later),
        ("retired", "停水\n断水\n没水", "停水\n断水\n没水", "supervisor", later),
        ("restored", "停水\n断水\n没水", "停水\n断水\n没水", "sysadmin", later),
    ]


def test_a_stale_form_overwrites_nothing(cast, outage):
    keep_set(outage, text="停水\n没水", note="", revision=1, by=cast.sysadmin, at=NOON)
    with pytest.raises(IllegalStep):
        keep_set(outage, text="停水\n缺水", note="", revision=1, by=cast.dispatcher, at=NOON)
    with pytest.raises(IllegalStep):
        retire(outage, revision=1, by=cast.dispatcher, at=NOON)
    with pytest.raises(IllegalStep):
        restore(outage, revision=2, by=cast.dispatcher, at=NOON)
    assert set(groups()) == {"停水", "没水"}
    assert SynonymChange.objects.count() == 2


@pytest.mark.parametrize("who", ["operator", "reviewer", "agent", "clerk", "leader", "auditor"])
def test_others_may_not(cast, outage, who):
    by = getattr(cast, who)
    with pytest.raises(NotPermitted):
        keep_set(None, text="甲乙\n丙丁", note="", by=by, at=NOON)
    with pytest.raises(NotPermitted):
        retire(outage, revision=1, by=by, at=NOON)
    assert SynonymWord.objects.count() == 2


def test_the_shipped_sets_load_twice_and_respect_the_office(cast, capsys):
    own = keep_set(None, text="路灯\n马路灯", note="本县说法", by=cast.sysadmin, at=NOON)
    call_command("load_reference", "--only", "synonyms", verbosity=0)
    shipped = SynonymSet.objects.exclude(code="")
    count = shipped.count()
    assert count > 40
    assert not shipped.filter(code="street-light").exists()
    assert groups()["路灯"] == ["路灯", "马路灯"]
    edited = shipped.get(code="noise")
    keep_set(edited, text="噪音\n吵闹", note="", revision=1, by=cast.sysadmin, at=NOON)
    gone = shipped.get(code="water-off")
    retire(gone, revision=1, by=cast.sysadmin, at=NOON)
    acts = SynonymChange.objects.count()
    call_command("load_reference", "--only", "synonyms", verbosity=0)
    assert (shipped.count(), SynonymChange.objects.count()) == (count, acts)
    assert set(groups()["噪音"]) == {"噪音", "吵闹"}
    assert "停水" not in groups()
    call_command("load_reference", "--only", "synonyms", "--update", verbosity=0)
    assert set(groups()["噪音"]) == {"噪音", "噪声"}
    assert "断水" in groups()["停水"]
    own.refresh_from_db()
    assert own.is_active

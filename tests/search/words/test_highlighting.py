"""Marks stand in the original; nothing unescaped leaves."""

from search.words.highlighting import SNIPPET_CHARACTERS, highlight, snippet, spans


def test_marks_across_folding_keep_the_original():
    assert highlight("他的訴求是ＫＴＶ噪音", ["诉求", "ktv"]) == (
        "他的<mark>訴求</mark>是<mark>ＫＴＶ</mark>噪音"
    )


def test_touching_marks_are_joined():
    assert highlight("诉求人", ["诉求", "求人"]) == "<mark>诉求人</mark>"


def test_everything_is_escaped_inside_and_outside_marks():
    text = '<script>alert("x")</script>停水<b>&amp;'
    shown = highlight(text, ["停水", "script", "amp"])
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert shown.replace("<mark>", "").replace("</mark>", "") == (
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;停水&lt;b&gt;&amp;amp;"
    )
    assert shown.count("<mark>") == 4


def test_a_word_is_marked_whole_only():
    assert spans("a1 a12 A1", ["a1"]) == [(0, 2), (7, 9)]


def test_a_phrase_with_punctuation():
    assert spans("停水……怎么办", ["停水，怎么办"]) == [(0, 7)]
    assert spans("停水", ["，停水！"]) == [(0, 2)]


def test_mere_punctuation_marks_nothing():
    assert spans("停水，", ["，", ""]) == []


def test_snippet_takes_the_text_with_the_hit_and_cuts_around_it():
    shown = snippet(["没有" * 100, "前" * 60 + "停水" + "后" * 200], ["停水"])
    assert shown.startswith("…前")
    assert "<mark>停水</mark>" in shown
    assert shown.endswith("后…")
    assert len(shown) == SNIPPET_CHARACTERS + 2 + len("<mark></mark>")


def test_snippet_marks_nothing_outside_its_window():
    shown = snippet(["停水" + "中" * 300 + "停水"], ["停水"])
    assert shown == "<mark>停水</mark>" + "中" * (SNIPPET_CHARACTERS - 2) + "…"
    cut = snippet(["前" * 10 + "停水" + "后" * 97 + "停水停电"], ["停水停电", "停水"])
    assert cut.count("<mark>") == 2
    assert cut.endswith("<mark>停</mark>…")


def test_snippet_without_a_hit_is_the_beginning_and_never_fails_on_nothing():
    assert snippet(["", "  ", "甲乙"], ["丙"]) == "甲乙"
    assert snippet([], ["丙"]) == ""


def test_snippet_cuts_no_entity_and_no_mark():
    shown = snippet(["<" * 300 + "停水"], ["停水"])
    assert shown == "…" + "&lt;" * 24 + "<mark>停水</mark>"

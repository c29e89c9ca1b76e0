"""Whatever stands in a case is found by any 2, 3 or 4 neighbouring characters, and nothing else is.

A thousand pieces, always the same ones, of the corpus and of made-up text with rare characters,
traditional and full-width writing, digits and letters; compared with a plain look through all texts.
"""

import re
from random import Random

import pytest
from django.db import connection

from search.asking.finding import find
from search.indexing.upkeep import refresh
from search.words.expansion import expanded
from search.words.folding import fold
from search.words.query_language import SearchTerm
from tests.cast import NOON, wang_says
from tests.search.asking.relevance.county import corpus

PIECES, ACROSS = 1_000, 150  # of all, and of those how many reach across punctuation
SIZES = (2, 3, 4)
POOL = (
    "停水电路灯噪音物业公交垃圾井盖工资医保低保学校补贴河道村组社区幸福人民解放石桥"
    "電動車訴求樓層維修鬧髒𬱟𠮷㐂龘ＡＢＫＴＶ１２３８"
    "abcx0579，。、；“”（）—·　 "
)
ALNUM = re.compile(r"[a-z0-9]")
GAP = re.compile(r"[\W_]+")
QUOTES = re.compile('["“”「」『』]')  # cannot stand inside a phrase: they end it


def made_up(dice):
    return ["".join(dice.choices(POOL, k=90)) for _ in range(60)]


def is_cut(text, start, end):
    """Whether an edge lies inside a run of letters and digits, which is one word."""
    inside = [i for i in (start, end) if 0 < i < len(text)]
    return any(ALNUM.match(text[i - 1]) and ALNUM.match(text[i]) for i in inside)


def holds(text, piece):
    """Whether the folded text holds the folded piece, not inside a word of letters and digits."""
    at = text.find(piece)
    while at >= 0:
        if not is_cut(text, at, at + len(piece)):
            return True
        at = text.find(piece, at + 1)
    return False


def levelled(text):
    """Fold, and make any punctuation one blank."""
    return GAP.sub(" ", fold(text))


def chosen(dice, parts):
    """The pieces with the text each was taken from; across punctuation they are phrases."""
    plain, across = [], []
    while len(plain) < PIECES - ACROSS or len(across) < ACROSS:
        name, text = dice.choice(parts)
        size = dice.choice(SIZES)
        start = dice.randrange(max(1, len(text) - size))
        piece, folded = text[start : start + size], fold(text)
        bare = fold(piece)
        if len(piece) < size or is_cut(folded, start, start + size):
            continue
        if bare.isascii() or QUOTES.search(bare):
            continue
        if GAP.search(bare):
            if len(across) < ACROSS and not (GAP.match(bare[0]) or GAP.match(bare[-1])):
                across.append((name, bare))
        elif len(plain) < PIECES - ACROSS:
            plain.append((name, bare))
    return plain, across


@pytest.fixture
def texts(cast):
    """Each case's number with its texts; all of them in the index."""
    dice = Random(12345)  # noqa: S311 - always the same pieces
    told = [(row.title, row.content, row.address) for row in corpus()]
    told += [("来信", text, "") for text in made_up(dice)]
    held, ids = {}, []
    for at, (title, content, address) in enumerate(told):
        case = wang_says(
            cast, key=f"piece-{at}", title=title, content=content, address=address, region=None
        )
        held[case.number] = (case.title, case.content, case.address)
        ids.append(case.pk)
    refresh(ids)
    return held


def found_by(typed, user):
    """Numbers of all hits, page by page."""
    numbers, cursor = set(), ""
    while True:
        result = find(typed, user, at=NOON, cursor=cursor)
        assert not result.degraded
        numbers |= {hit.case.number for hit in result.hits}
        cursor = result.next_cursor
        if not cursor:
            assert len(numbers) == result.total
            return numbers


def test_every_piece_is_found_and_every_hit_holds_it(texts, cast, searched_by, capsys):
    dice = Random(54321)  # noqa: S311 - always the same pieces
    parts = [(number, text) for number, own in texts.items() for text in own if len(text) > 4]
    plain, across = chosen(dice, parts)
    assert len({piece for _, piece in plain}) > 600
    folded = {number: [fold(text) for text in own] for number, own in texts.items()}
    level = {number: [levelled(text) for text in own] for number, own in texts.items()}
    missed, wrong = [], []
    for _, piece in plain:
        ways = expanded(SearchTerm(piece), {}).words
        expected = {n for n, own in folded.items() if any(holds(t, w) for t in own for w in ways)}
        answer = found_by(piece, cast.dispatcher)
        missed += [piece] if expected - answer else []
        wrong += [piece] if answer - expected else []
    for name, piece in across:
        bare = GAP.sub(" ", piece)
        expected = {n for n, own in level.items() if any(holds(text, bare) for text in own)}
        answer = found_by(f'"{piece}"', cast.dispatcher)
        missed += [piece] if expected - answer or name not in answer else []
        wrong += [piece] if answer - expected else []
    count = len(plain) + len(across)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are to be seen
            f"\n{searched_by} ({connection.vendor}): {count - len(missed)} of {count} pieces "
            f"found everywhere they stand, {len(wrong)} with a hit too many ({len(texts)} cases)"
        )
    assert count == PIECES
    assert missed == []
    assert wrong == []

"""How much two matters are the same: the wording apart from the place, and the place by itself.

Pure. Two letters about one street share its name whatever they are about, and two about dark street
lamps share all but the street. So the places both name are taken out of the wording before it is
compared, and a place that only one of them names speaks against it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.words.folding import fold
from search.words.tokens import content_pairs

READ = 600  # characters of a text that are compared
NUMBER = "0-9一二三四五六七八九十"
SUFFIX = re.compile(  # what ends the name of a place, and is not the beginning of another word
    r"大道|小区|家园|花园|公园|广场(?!舞)|社区|中学|小学|学校|幼儿园|医院|菜市场|市场|超市|大桥|水库|工地"
    r"|酒店|大厦|商城|苑|府(?=[一-龥]|$)|湾(?!路)|(?<=[一-龥])(?<![道马公铁走线电网过让])路(?![灯面障况人线费])"
    r"|街(?!道办)|巷(?!子里)|村(?![民干])|镇(?!政)"
    rf"|[{NUMBER}]+期|[{NUMBER}]+组|[a-z]?\d+路(?!灯)"
)
HOUSE = re.compile(rf"[{NUMBER}]+(?=\s*(?:号楼|号|栋|幢|座|期))")
NAME = re.compile(r"[一-龥a-z0-9]+")
LONGEST_NAME = 8
SAYS_NOTHING = frozenset(
    pair
    for words in [
        "希望有关部门",
        "请问",
        "您好",
        "你好",
        "尊敬的",
        "领导",
        "反映",
        "投诉",
        "咨询",
        "来电",
        "市民",
        "居民",
        "群众",
        "要求",
        "希望",
        "请求",
        "建议",
        "尽快处理",
        "尽快解决",
        "解决问题",
        "核实处理",
        "有关部门",
        "相关部门",
        "部门",
        "没有人管",
        "一直没有",
        "现在",
        "目前",
        "已经",
        "多次",
        "谢谢",
        "感谢",
        "为什么",
        "怎么办",
        "什么时候",
        "我们",
        "他们",
        "这个",
        "那个",
        "可以",
        "能不能",
        "是否",
        "进行",
        "情况",
        "影响",
        "严重影响",
        "生活",
        "问题",
        "附近",
        "门口",
        "这里",
        "那里",
        "一个",
        "县长",
        "市长",
    ]
    for pair in (words[i : i + 2] for i in range(len(words) - 1))
)


class Matter(NamedTuple):
    """What is compared of one case; ``region`` is its code, the code of a town begins its villages'."""

    text: str
    address: str = ""
    region: str = ""


class Likeness(NamedTuple):
    """``wording`` 0 to 1 without the place; ``place`` 1 the same, 0.5 the same street, 0 unknown.

    ``is_elsewhere``: both say where, and it is not one place.
    """

    wording: float
    place: float
    is_elsewhere: bool


def canonical(text: str, groups: Mapping[str, Sequence[str]]) -> str:
    """Fold ``text`` and write each word of a synonym set as the first of its set."""
    text = fold(text[:READ])
    for word in sorted(groups, key=len, reverse=True):
        first = groups[word][0]
        if word != first and word in text:
            text = text.replace(word, first)
    return text


def likeness(one: Matter, other: Matter) -> Likeness:
    """Compare two matters whose texts are ``canonical``."""
    here, there = f"{one.address} {one.text}", f"{other.address} {other.text}"
    shared = _shared_places(here, there)
    wording = _wording(one.text, other.text, shared)
    apart = not _may_be_one_region(one.region, other.region)
    if apart or not shared:
        both_say = bool(SUFFIX.search(here) and SUFFIX.search(there))
        return Likeness(wording, 0.0, is_elsewhere=apart or both_say)
    houses, others = set(HOUSE.findall(here)), set(HOUSE.findall(there))
    is_near = bool(houses and others and not houses & others)
    return Likeness(wording, 0.5 if is_near else 1.0, is_elsewhere=False)


def _may_be_one_region(one: str, other: str) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _shared_places(one: str, other: str) -> set[str]:
    """Names of places that stand in both texts, each as long as both write it."""
    found = set()
    for suffix in SUFFIX.finditer(one):
        shortest = max(3, len(suffix.group()) + 1)
        for size in range(LONGEST_NAME, shortest - 1, -1):
            start = suffix.end() - size
            name = one[start : suffix.end()] if start >= 0 else ""
            if name and NAME.fullmatch(name) and name in other:
                found.add(name)
                break
    return found


def _wording(one: str, other: str, places: set[str]) -> float:
    ours, theirs = _said(one, places), _said(other, places)
    if not ours or not theirs:
        return 0.0
    shared = len(ours & theirs)
    both = 2 * shared / (len(ours) + len(theirs))
    fewer = min(len(ours), len(theirs))
    inside = shared / fewer if shared > 2 else 0.0  # noqa: PLR2004 - two pairs may be chance
    return max(both, 0.8 * inside)


def _said(text: str, places: set[str]) -> set[str]:
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place, " ")
    return {pair for pair in content_pairs(text) if pair not in SAYS_NOTHING}

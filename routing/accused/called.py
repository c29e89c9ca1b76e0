"""What a unit is called in the street, and how a text speaks of it. Pure.

A unit goes by its full and short name with or without the county's, a section by its own name without its
bureau's, and both by what people say (``data/called.csv``: 城管, 派出所). A name of another level or
county (市住建局, 国家住建部) is not ours. A town, village or community is a place first: its name alone is no
mention of its government. Source: `domain.md` §10.1 (被反映对象) and letters of a trial.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from io import StringIO
from pathlib import Path

from cases.privacy.folding import fold

FILE = Path(__file__).parents[1] / "data" / "called.csv"
SHORTEST = 3  # 县政府 yes, 局 no; what people say may be shorter
TOO_COMMON = frozenset({"办公室", "服务中心", "服务大厅", "服务窗口", "营业厅", "综合股"})
NOISE = re.compile(r"[\s·•.\-_*\u200b\ufeff]+")  # between the letters of a name
LEVELS = "省市县区州"
COUNTY = re.compile(r"^[\u4e00-\u9fff]{1,4}?[县市区]")
PLACE = re.compile(r"(镇|乡|街道|社区|村)$")
OF_A_PLACE = re.compile(
    r"的?(?:[那这某有]?[一几]?[个位名些])?的?(镇|乡|村|社区)?((人民)?政府|党委|党政|[镇乡村]?长(?![期年江途久短大远])|党?支?书记?|村?支书|主任|干部|"
    r"工作人员|领导|办事处|便民服务|[居村]委|网格员|包村|管事的|当官的|"
    r"(城建|村建|规划|民政|社事|综治|扶贫|农业|农技|安监|应急|国土|司法|财政|林业|水利|计生|经发|党政|信访)(办|所|站|中心|股)|"
    r"(搞|管)[\u4e00-\u9fff]{2,3}的(?!时|日|活动))"
)
AGAINST = re.compile(r"(举报|控告|状告)(的是)?$")
NOT_BEFORE = {"城管": ("理", "道")}  # 小城管理
HIGHER = re.compile(r"(国家|中央|全国|总局|部属|外地)$")
NO_LEVEL = re.compile(
    r"(超市|城市|菜市|夜市|门市|都市|集市|股市|小区|社区|片区|园区|景区|辖区|城区|山区|地区)$"
)
ELSEWHERE = re.compile(r"(邻|隔壁|外|别的?|其他|他|兄弟|老家)$")
BEFORE_A_COUNTY = frozenset(
    "我本咱们向找到去被是的和与及在对让问给由从跟叫请告经因但说为诉报映管促查系而且又也使用于把将了过该当地里"
)
SPOKEN_TO = re.compile(
    r"(向|找|请|联系|希望|建议|要求|督促|恳请|请求|通知|告知|告诉|打给|拨打|打电话给|求助|反馈给?|报告?给?|到|去|来|跟|问|由|让)"
    r"[过了]?(我们?|本|咱们?|当地|辖区|所属|相关)?的?$"
)


@dataclass(frozen=True)
class Called:
    """A unit by what it is written as; ``above``: the unit over it, of a section."""

    key: int
    name: str
    short_name: str
    kind: str = ""
    above: "Called | None" = None


@dataclass(frozen=True)
class UnitName:
    """One name of one unit. ``is_guess``: may mean another; ``is_place``: only with a word of office."""

    key: int
    text: str
    is_guess: bool = False
    is_place: bool = False


@dataclass(frozen=True)
class Mention:
    """Where a text names a unit. ``is_likely``: not merely as whom the citizen spoke to."""

    key: int
    words: str
    is_likely: bool


@cache
def said_of() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Part of a unit's name, what people call such a unit, and whether that is a guess."""
    rows = csv.DictReader(StringIO(FILE.read_text(encoding="utf-8")))
    return tuple((row["part"], tuple(row["words"].split()), bool(row["guess"])) for row in rows)


def plain(text: str) -> str:
    """Return the text as names are compared: folded, nothing between the letters."""
    return NOISE.sub("", fold(text))


def home_of(units: Iterable[Called]) -> str:
    """Return the county that most units carry in front of their name (青溪县), or nothing."""
    found = Counter(hit.group() for unit in units if (hit := COUNTY.match(plain(unit.name))))
    return found.most_common(1)[0][0] if found else ""


class Book:
    """All names of all units, read once for any number of texts."""

    def __init__(self, units: Iterable[Called], synonyms: dict[str, Sequence[str]]) -> None:
        self.units = list(units)
        self.home, self.synonyms = home_of(self.units), synonyms
        self.level = self.home[-1:]
        self.words: dict[str, list[UnitName]] = {}
        for unit in self.units:
            for word in self._words(unit):
                known = self.words.setdefault(word.text, [])
                if all(one.key != word.key for one in known):
                    known.append(word)

    def _words(self, unit: Called) -> list[UnitName]:
        names = self._spoken(unit)
        own = self._own(unit, names)
        names |= {with_level for name in own for with_level in self._with_level(name)}
        names |= {fold(word) for name in tuple(names) for word in self.synonyms.get(name, ())}
        fit = [name for name in sorted(names) if len(name) >= SHORTEST and name not in TOO_COMMON]
        found = [UnitName(unit.key, name, is_place=bool(PLACE.search(name))) for name in fit]
        for part, words, is_guess in said_of():
            if any(part in name for name in own):
                found += [
                    UnitName(unit.key, spelt, is_guess)
                    for word in words
                    for spelt in self._with_level(word)
                ]
        return found

    def _spoken(self, unit: Called) -> set[str]:
        """Full and short name, each with and without the county's."""
        names = {plain(name) for name in (unit.name, unit.short_name) if name}
        for name in tuple(names):
            bare = name.partition(self.home)[2] if self.home and self.home in name else ""
            if not bare and self.level and name.startswith(self.level):
                bare = name.removeprefix(self.level)
            names |= self._with_level(bare) if bare else set()
            names |= {name.replace("人民政府", "政府")} if name.endswith("人民政府") else set()
        return names

    def _is_ours(self, name: str) -> bool:
        """Whether the name says whose it is, the county's."""
        return bool(self.home) and (self.home in name or name.startswith(self.level))

    def _with_level(self, bare: str) -> set[str]:
        return {bare, self.level + bare, self.home + bare}

    def _own(self, unit: Called, names: set[str]) -> set[str]:
        """What is left of a section's names without its bureau's; of others the names themselves."""
        if unit.above is None:
            return {name for name in names if not self._is_ours(name)}
        above = sorted(self._spoken(unit.above), key=len, reverse=True)
        found = {name.removeprefix(one) for name in names for one in above if name.startswith(one)}
        found = {name for name in found if not any(name.startswith(one) for one in above)} or names
        found |= {name.replace("管理", "") for name in found if name.endswith(("股", "科"))}
        found |= {name[:-1] + "科" for name in found if name.endswith("股")}
        found |= {name.replace("居民委员会", "居委会") for name in found}
        found |= {name.replace("村村民委员会", "村委会") for name in found}
        return {name for name in found if len(name) >= SHORTEST}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def meant(self, text: str) -> list[int]:
        """Units (keys) whose name, not only what people say, is the whole text; one if unmistakable."""
        found = self.words.get(plain(text), ())
        return [word.key for word in found if not word.is_guess]

    def mentions(self, text: str) -> list[Mention]:
        """Every unit named in the text, once, as it stands there first; likely ones count as such."""
        told = plain(text)
        found: dict[int, Mention] = {}
        for hit in self._pattern.finditer(told):
            stand = self._stand(told, hit)
            if stand is None:
                continue
            words = self.words[hit.group()]
            for word in words:
                if word.is_place and not _is_government(told, hit):
                    continue
                likely = stand and not word.is_guess and len(words) == 1
                earlier = found.get(word.key)
                if earlier is None or (likely and not earlier.is_likely):
                    found[word.key] = Mention(word.key, hit.group(), likely)
        return list(found.values())

    def _stand(self, told: str, hit: re.Match[str]) -> bool | None:
        """Whether it is likely ours and complained about; ``None``: another level's or county's."""
        name, before = hit.group(), told[: hit.start()]
        if told[hit.end() :].startswith(NOT_BEFORE.get(name, ())):
            return None
        if HIGHER.search(before) or ELSEWHERE.search(before):
            return None
        if self.home and name.startswith(self.home):
            return not SPOKEN_TO.search(before)
        if self.level and name.startswith(self.level):
            doubtful = before[-1:].isalpha() and before[-1:] not in BEFORE_A_COUNTY
            return not doubtful and not SPOKEN_TO.search(before)
        if before[-1:] and before[-1:] in LEVELS and not NO_LEVEL.search(before):
            return None  # 市住建局 is the city's
        return not SPOKEN_TO.search(before)


def _is_government(told: str, hit: re.Match[str]) -> bool:
    after, before = told[hit.end() :], told[: hit.start()]
    return bool(OF_A_PLACE.match(after) or AGAINST.search(before))

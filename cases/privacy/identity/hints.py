"""What points at somebody without naming them, where the citizen must stay unknown (保密, 机密).

In a county 小覃, 海棠姐, 我姓皇甫, Qin Haitang or the tail of a number is enough. Pure. On ordinary cases
none of it is looked for: the unit may know who it is. A part of a name is marked only where something beside
it says that a person is meant: 〔姓名〕局 for 建设局 would tell the very letters it leaves out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

from cases.privacy.identity.names import ALL_HAN, GAP, HAN, NOBODY, TITLE, is_word, surname
from cases.privacy.identity.spelling import bare

# Behind 小 or 老 these make a word of every day (小时, 小区, 老师): a person only with a title
OF_A_WORD = frozenset(
    "时区于康满车米麦雪寒金白黄家单段班计党江河胡巴包路广水田孔高平安谷商农花年暑牛羊苗叶明温查方毛项易费"
    "师干房公石城街人学姐心气台组队门店票品题字乡洋汉娘婆爷太弟妹伯叔板头"
)
CALLED = "叫|名|我是|本人|人是|就是"  # before a person
SAYS = (  # behind one
    "说|讲|是|就|家(?![村湾坪坳冲坡界庄寨屯])|的|她|他|在|来|去|也|跟|和|都|让|给|反映|打|住|告诉|[^\\w]|$"
)
# 商家, 全家, 连家都回不去: with these 家 makes a word, or the letter is none of a name
NO_HOUSE = frozenset("全农商公厂东皇管官安成连于向顾万国行客强应方和时平通当居常任查干单")
HOUSE_OF = "我们是的到找去和与跟给叫说就只对整咱让被"  # may stand before 王家
# 王家三口, not 王家湾, 张家界, 李家人民路
HOUSE = (
    r"[^\w]|$|[一二两三四五六七八九十几0-9]{1,2}(?:口|人|代|兄弟|姐妹|户)|人(?!民)|的|全家|上下|老[大二三小少]|"
    r"漏|是|在|有|被|也|就|都|说|没|不"
)
NICKNAME = (
    r"(?:[叫喊称]我(?:作|做|为)?|[都人]称|都[叫喊]|(?:昵称|外号|绰号|网名|小名)[是为叫]?|我[叫是])"
    r"[“\"「':\s]{0,2}"
)
NICKNAME_ENDS = rf"(?:(?![{HAN}a-z0-9])|(?=[的是]))"
DOUBLED = frozenset("天常刚明往渐偏多久年人家时处早晚")  # 天天, 明明 are words
SIGNS = "敬上|谨上|叩上|上$|启$"
LEAST_LATIN = 6  # letters of a name in pinyin: fewer are an English word
READINGS = 4  # of one part of a name
TAIL = 4
DIGITS = {
    "0": "0零〇○洞o",
    "1": "1一幺壹il",
    "2": "2二贰两",
    "3": "3三叁",
    "4": "4四肆",
    "5": "5五伍",
    "6": "6六陆",
    "7": "7七柒拐",
    "8": "8八捌",
    "9": "9九玖勾",
}
ALL_DIGITS = "".join(DIGITS.values())
BETWEEN = r"[\s\-‐-―−_·•.,()○]{0,3}"
NOT_A_TAIL = "元块米年号栋度吨斤万千百里层户人"


def hints(
    text: str, names: Iterable[str], numbers: Iterable[str]
) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether it is a number."""
    has_latin = re.search("[a-z]", text) is not None
    for name in names:
        letters = bare(name)
        if len(letters) > 1 and letters not in NOBODY and ALL_HAN.fullmatch(letters):
            for pattern in (*_ways(letters), *(_latin(letters) if has_latin else ())):
                yield from ((*found.span("who"), False) for found in pattern.finditer(text))
    for number in numbers:
        digits = re.sub(r"[^0-9]", "", number)
        if len(digits) > TAIL:
            yield from ((*found.span(1), True) for found in _tail(digits[-TAIL:]).finditer(text))


def spelt_numbers(text: str, numbers: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Known numbers in digits of any kind, mixed, with anything between: 18５7３245五九一."""
    for number in numbers:
        digits = re.sub(r"[^0-9]", "", number)
        if len(digits) > 2 * TAIL:
            yield from (found.span() for found in _mixed(digits).finditer(text))


@lru_cache(maxsize=256)
def _mixed(digits: str) -> re.Pattern[str]:
    return re.compile(BETWEEN.join(f"[{DIGITS[one]}]" for one in digits))


@lru_cache(maxsize=256)
def _tail(digits: str) -> re.Pattern[str]:
    one_by_one = "".join(f"[{DIGITS[one]}]" for one in digits)
    return re.compile(
        rf"(?<![{ALL_DIGITS}a-z.\-/])({one_by_one})(?![{ALL_DIGITS}{NOT_A_TAIL}.\-/])"
    )


def parts(letters: str) -> tuple[str, str]:
    """Family and given name of a bare name."""
    family = surname(letters) or letters[0]
    return family, letters[len(family) :]


@lru_cache(maxsize=256)
def _ways(letters: str) -> tuple[re.Pattern[str], ...]:
    """Family name behind 姓, 小 or 老; given name with a title, where somebody is called so, or alone."""
    family, given = parts(letters)
    behind = TITLE if family in OF_A_WORD else f"{TITLE}|{SAYS}"
    ways = [
        rf"(?<![百同老])姓(?P<who>{family})(?!氏)",
        rf"(?<![大中最])(?P<who>[小老阿]{family})(?={GAP}(?:{behind}))",
    ]
    if family not in NO_HOUSE:
        begins = rf"(?:(?<![{HAN}a-z0-9])|(?<=[{HOUSE_OF}]))"
        ways.append(rf"{begins}(?P<who>{GAP.join(family)})家(?={HOUSE})")
    if given:
        ways.append(rf"{NICKNAME}(?!{TITLE})(?P<who>{_nickname(given)}){NICKNAME_ENDS}")
    if len(given) > 1:
        said = GAP.join(given)
        ways.append(rf"(?P<who>{said})(?={GAP}(?:(?:{TITLE})(?![{HAN}]?[路街村镇店])|{SIGNS}))")
        ways.append(rf"(?:{CALLED})(?P<who>{said})(?={GAP}(?:{SAYS}))")
        if not is_word(given):
            ways.append(rf"(?<![{HAN}0-9a-z])(?P<who>{said})(?![{HAN}])")
    return tuple(re.compile(one) for one in ways)


def _nickname(given: str) -> str:
    """芳芳, 阿芳, 小芳, 芳姐, and 芳 where it is the whole given name."""
    one = given[-1]
    ways = [rf"[小阿大]{one}{{1,2}}", rf"{one}(?:儿|子|妹|姐|哥|嫂|姨|叔|婶|伯|妈|娃|爷|婆|总)"]
    ways += [one * 2] if one not in DOUBLED else []
    return "|".join([*ways, one] if len(given) == 1 else ways)


@lru_cache(maxsize=256)
def _latin(letters: str) -> tuple[re.Pattern[str], ...]:
    """The name in pinyin, either part first; a letter may be read in several ways (覃: tan, qin)."""
    readings = [pinyin(part, style=Style.NORMAL, heteronym=True) for part in parts(letters)]
    families, givens = (
        ["".join(one) for one in islice(product(*found), READINGS)] for found in readings
    )
    both = [one + two for one in families for two in givens]
    both += [two + one for one in families for two in givens]
    written = [GAP.join(one) for one in dict.fromkeys(both) if len(one) >= LEAST_LATIN]
    if not written:
        return ()
    return (re.compile(rf"(?<![a-z])(?P<who>{'|'.join(written)})(?![a-z])"),)

"""How people call somebody whose name is known, where the citizen stays unknown (保密, 机密).

龚会计, 龚工, 芳姐, 阿琴, G雅琴, 龚yq, 落款：龚, 单名一个“瑾”字. Pure. Not on ordinary cases.
Posts that people complain about (主任, 校长, 局长, 书记, 经理…) are no such title, and whoever is complained
about (投诉龚医生) stays. Words of every day with the same letters stay: 对方律师, 大姐, 今天哥哥.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

from cases.privacy.identity.hints import CALLED, DOUBLED, OF_A_WORD, READINGS, SAYS, parts
from cases.privacy.identity.names import ALL_HAN, GAP, HAN, NOBODY, is_word
from cases.privacy.identity.spelling import bare
from cases.privacy.identity.surnames import LEFT, PLACES

OCCUPATIONS = (
    "会计|出纳|医生|医师|大夫|护士长?|律师|司机(?!房)|老板娘|师[傅父]娘|师[母娘]|同学|教练|班主任|教授|工程师|技术员|"
    "裁缝|[木铁石瓦篾泥漆花银]匠|[电焊瓦木]工(?!程)|月嫂|伯伯|伯[母娘]|叔叔|婶婶|婶子|嫂子|妈妈|爸爸|老[头太]"
)
# These begin a clause before a doctor or make a word before him: 向医生反映, 对方律师, 全科医生
NO_TITLE = frozenset("向和与从应于由时有任管当查全连过是对请找方车班校科每双单公")
# 规范医生的行为: the family name ends a word; beside ``LEFT``
WORDS_BEFORE = LEFT | frozenset(
    re.findall("..", "规范模范示范加强相关有关何况情况允许也许为何如何任何检查调查工程过程课程")
)
ABOUT = re.compile(  # who is complained about, or treats people in a hospital
    r"(?:(?:投诉|举报|检举|控告|被)(?!人)[^,。;!?我]{0,12}|"
    r"^[^我]*(?:医院|卫生院|卫生所|诊所|病房|门诊|[内外儿妇骨眼]科)的?(?:主治)?)$"
)
BEGINS = rf"(?:(?<![{HAN}a-z0-9])|(?<=[找叫是喊问给跟和与让请对说的]))"
# 施工, 民工, 高工: with these 工 makes a word
NO_ENGINEER = frozenset("施民高竣职员停开包招复加临农义用做打手完怠水电金木石钟点华党全分返动")
RELATED = "姐|哥|嫂|姨|叔|妹|婶|伯"
# 大姐, 表哥, 师妹: with these 姐 makes a word, and so does 小明姐姐
OF_KIN = frozenset(
    "大小表堂学师空老一二三四五六七八姐妹哥弟嫂姨叔伯兄的帅美胖富警军打外阿洋亲姑舅嫁义干"
)
# 阿克苏, 阿莫西林, 阿联酋 are nobody
A_PERSON = (
    r"阿(?!克苏|尔|联酋|根廷|富汗|勒|司匹|莫西|托伐|奇霉|房宫|波罗|迪达|荣旗|城|坝|图什|里|姨|胶|拉|訇|"
    r"[爸妈婆公爷奶哥姐弟妹嫂叔伯])"
)
SIGNED = r"(?:落款|署名|签名|签字|签的)[是为写的:\s“\"「]{0,3}"
# Behind a given name or a family name: a place, a body, a feast
A_PLACE = (
    rf"(?:{PLACES}|局|厅|处(?!理)|站|院|所(?![以有])|馆|园|学校|银行|部门|集团|节|法|大厦|商场|市场|委员会|工程|用地|项目|"
    r"期间|假期|放假|长假|前后|保险)"
)
QUOTES = "[“\"「『‘']?"
UNQUOTED = rf"(?:(?=[”\"」』’'])|(?=字)|(?![{HAN}]))"
INSIDE = "(?:里面?|中间?|当中|后面|最后|第[一二三]个)"


def callings(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each."""
    has_latin = re.search("[a-z]", text) is not None
    for name in names:
        letters = bare(name)
        if len(letters) < 2 or letters in NOBODY or not ALL_HAN.fullmatch(letters):  # noqa: PLR2004
            continue
        for pattern in (*_ways(letters), *(_latin(letters) if has_latin else ())):
            yield from (found.span("who") for found in pattern.finditer(text))
        for found in _titled(parts(letters)[0]).finditer(text):
            start, before = found.start(), text[max(0, found.start() - 16) : found.start()]
            is_word = text[max(0, start - 1) : start + 1] in WORDS_BEFORE
            if not is_word and not ABOUT.search(before):
                yield found.span()


@lru_cache(maxsize=256)
def _titled(family: str) -> re.Pattern[str]:
    """The family name and an occupation, or 工 for an engineer."""
    if family in NO_TITLE:
        return re.compile(r"(?!)")
    begins = BEGINS if family in OF_A_WORD else f"(?<![担曾专兼一几两每双谢{family}])"
    ways = [rf"{begins}{family}{GAP}(?:{OCCUPATIONS})(?![{HAN}]?[路街村镇店])"]
    if family not in NO_ENGINEER:
        ways.append(rf"{BEGINS}{family}工(?=[说讲]|[^\w]|$)")
    return re.compile("|".join(ways))


@lru_cache(maxsize=256)
def _ways(letters: str) -> tuple[re.Pattern[str], ...]:
    family, given = parts(letters)
    ways = [rf"{SIGNED}(?P<who>{family})(?=[^{HAN}]|$|某|字)"]
    if given:
        one = f"[{given}]"
        ways += [
            rf"单名(?:一个|一|个|叫|是|为|的)?{QUOTES}(?P<who>{one}){UNQUOTED}",
            rf"名字?{INSIDE}(?:有|带|含|是)?(?:一?个)?(?:字[是叫为])?{QUOTES}(?P<who>{one}){UNQUOTED}",
            rf"(?P<who>{A_PERSON}{given[-1]})(?!{PLACES}|[州盟旗])",
        ]
        if given[-1] not in OF_KIN:
            whole = (
                f"(?<!{given[:-1]})" if given[:-1] else ""
            )  # 雅琴姐 is looked for with ``hints``
            called = rf"{whole}{given[-1]}(?:{RELATED})(?![{RELATED}夫儿弟妈])"
            ways.append(rf"(?:{BEGINS}|{CALLED})(?P<who>{called})")
            if given[-1] not in DOUBLED:
                ways.append(rf"(?P<who>{called})(?={GAP}(?:{SAYS}))")
    if len(given) > 1 and not is_word(given):
        ways.append(rf"(?<![a-z0-9])(?P<who>[a-z]{GAP}{given})(?!{A_PLACE})")
        ways.append(rf"(?<=[“\"「『‘'])(?P<who>{given})(?!{A_PLACE})")  # “晓月理发店”
    return tuple(re.compile(one) for one in ways)


@lru_cache(maxsize=256)
def _latin(letters: str) -> tuple[re.Pattern[str], ...]:
    """龚yq, 龚y.q.: the family name and the initials of the given name."""
    family, given = parts(letters)
    if len(given) < 2:  # noqa: PLR2004 - 龚q may be anything
        return ()
    readings = pinyin(given, style=Style.FIRST_LETTER, heteronym=True)
    said = {r"\.?\s?".join(map(re.escape, one)) for one in islice(product(*readings), READINGS)}
    return (re.compile(rf"(?P<who>{family}\s?(?:{'|'.join(sorted(said))}))(?![a-z0-9])"),)

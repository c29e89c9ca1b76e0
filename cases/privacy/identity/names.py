"""What a name looks like, and where a name that is known stands in a text.

Pure. A name of three letters and more is found wherever it stands. One of two letters must not eat words:
it is left alone as a place (王平路), inside two words at once (行李明天到), and, when it is itself a word
(高兴), unless something beside it says that it is a name. Texts are spelled (``spelling``) beforehand.
"""

import re
from collections.abc import Iterable, Iterator

from cases.privacy.identity.spelling import DOTS, bare
from cases.privacy.identity.surnames import DOUBLE, LEFT, PLACES, RIGHT, ROLES, SINGLE, WORDS

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U0003ffff"
GAP = rf"[\s\-_{DOTS}]{{0,3}}"
APART = rf"[\s\-‐-―−_/{DOTS}()\[\]]{{0,3}}"  # what ``bare`` leaves out of a name: 王(小)明
SHORT = 2  # letters of a name that may be a word
TITLE = (
    "先生|女士|小姐|太太|夫人|大爷|大妈|大娘|大叔|大伯|阿姨|婆婆|爹爹|娭毑|奶奶|爷爷|大姐|大哥|师傅|老师|老板|"
    "同志|同学|姐|哥|嫂"
)
NOBODY = {
    "市民",
    "匿名",
    "群众",
    "居民",
    "网友",
    "村民",
    "业主",
    "先生",
    "女士",
    "不详",
    "无",
    "未知",
    "本人",
}
NOT_GIVEN = re.compile(
    r"[您你我他她它们的了是在有不没这那很都就也吗呢吧啊或某]|电话|手机|公司|"
    r"[校组站所队会社科班行园厂]长|主任|经理|书记|医生|护士|教授|会计|导游|律师|法官|^(?:总|工|董|科|姓)$"
)
OF_A_PLACE = re.compile(
    "[局厅院处部县市镇乡村里区级系]"
)  # 李大镇 is a name where somebody says 我叫
ALL_HAN = re.compile(rf"[{HAN}]+")
SAYS_NAME = re.compile(
    r"(?:叫|名字是|姓名[:是]?|本人|我是|我系|[诉报映询助请系事告访表述]人[:是]?|(?:人|者|业主|家属|代表):|此致|敬礼[!,。]?)\s*$"
)
SAYS_SOMEBODY = re.compile(
    rf"{GAP}(?:{TITLE}|[(,、]?(?:男|女)[,、。;)\s]|(?:的)?(?:联系)?(?:电话|手机|身份证)|[:,]?[0-9]{{7}})"
)


ACTS = re.compile(
    r"[,:(、]?(?:联系)?(?:电话|手机|身份证|男|女)|说|称|讲|反映|表示|来电|投诉|举报|认为|要求|希望|家"
)


def surname(name: str) -> str:
    """The family name of a bare name; empty when none is known."""
    return name[:2] if name[:2] in DOUBLE else name[:1] if name[:1] in SINGLE else ""


def is_word(name: str) -> bool:
    """Whether these letters are, or begin with, an everyday word and so say nothing of a name."""
    return name in WORDS or name[:SHORT] in WORDS


def looks_like_name(name: str, *, may_be_word: bool = False) -> bool:
    """Family name and one or two letters that names are made of; 陈李思雨 has two family names."""
    family = surname(name)
    given = name[len(family) :]
    if not family or not 1 <= len(given) <= (
        3 if may_be_word and surname(given) and len(family) == 1 else SHORT
    ):
        return False
    if not ALL_HAN.fullmatch(given) or NOT_GIVEN.search(given):
        return False
    if may_be_word:
        return name not in ROLES
    return not (is_word(name) or OF_A_PLACE.search(given))


def known_names(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Every place where one of the names stands, however spaced."""
    for name in names:
        letters = bare(name)
        if len(letters) < SHORT or letters in NOBODY:
            continue
        for written in _ways(name, letters):
            for found in re.finditer(written, text):
                if len(letters) > SHORT or _is_name_here(text, found.start(), found.end(), letters):
                    yield found.span()


def families(names: Iterable[str]) -> frozenset[str]:
    """The family names of these people."""
    known = {surname(one) or one[0] for name in names if ALL_HAN.fullmatch(one := bare(name))}
    return frozenset(known - {one[0] for one in NOBODY})


def titled_names(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Every place where the family name of one of the names stands with a title: 王女士 for 王芳."""
    for family in families(names):
        for found in re.finditer(rf"{family}{GAP}(?:{TITLE})(?![{HAN}]?[路街村镇店])", text):
            if text[found.start() - 1 : found.start() + 1] not in LEFT:
                yield found.span()


def _ways(name: str, letters: str) -> list[str]:
    """Patterns of a name: letter by letter; a long part of a dotted one, a foreign one turned round."""
    ways = [APART.join(re.escape(one) for one in letters)]
    if len(letters) > SHORT:  # 莫。雨。桐, not 他很大方，建国初期
        first, *others = map(re.escape, letters)
        ways.append(f"{first}(?P<dot>[。、,])" + "(?P=dot)".join(others))
    parts = [bare(part) for part in re.split(rf"[\s{DOTS}]+", name) if bare(part)]
    if len(parts) > 1 and re.fullmatch("[a-z]+", letters):
        turned = GAP.join(re.escape(part) for part in reversed(parts))
        edges = r"(?<![a-z])(?:{})(?![a-z])"
        return [edges.format(ways[0]), edges.format(turned)]
    if re.fullmatch("[a-z]+", letters):
        return [rf"(?<![a-z]){ways[0]}(?![a-z])"]
    if len(parts) > 1 and len(letters) > 4:  # noqa: PLR2004 - 买买提 is as telling as 买买提·艾力
        ways += [re.escape(part) for part in parts if len(part) > SHORT]
    return ways


def _is_name_here(text: str, start: int, end: int, letters: str) -> bool:
    """Whether two letters that spell a name are the name at this place."""
    before, after = text[max(0, start - 8) : start], text[end : end + 10]
    is_said = SAYS_NAME.search(before) and not (is_word(letters) and after.startswith("的"))
    if is_said or SAYS_SOMEBODY.match(after):
        return True
    if is_word(letters):
        if re.search(rf"[{HAN}a-z]$", before):
            return False
        is_alone = not re.match(rf"[{HAN}a-z]", after) and re.match(r"[:0-9]|$", after)
        return bool(is_alone or ACTS.match(after))
    if re.match(PLACES, after):
        return False
    return not (before[-1:] + letters[0] in LEFT and letters[1] + after[:1] in RIGHT)

"""What in a text could tell who somebody is: proposals for ＊, which a person then checks.

Pure. Better one ＊ too many: the editor sees the original beside it. Sources: 个人信息保护法 articles 25
and 28 (`domain.md` §2.7); forms of numbers GB 11643 (identity), GA 36 (plates).
"""

import re
import unicodedata
from collections.abc import Iterable

STAR = "＊"
NOBODY = {"市民", "匿名", "群众", "居民", "网友", "村民", "业主", "先生", "女士"}
HAN = "\u4e00-\u9fff"
NUMBER = r"[0-9０-９]"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
CHINESE_NUMBER = f"(?:{NUMBER}|[一二三四五六七八九十百零〇两])"
# What is masked whole; the order matters: the longer number first.
WHOLE = [
    re.compile(rf"(?<!{NUMBER}){NUMBER}{{17}}[0-9０-９XxＸｘ](?!{NUMBER})"),  # identity number
    re.compile(rf"(?<!{NUMBER}){NUMBER}{{15,19}}(?!{NUMBER})"),  # bank card, old identity number
    re.compile(
        rf"(?<!{NUMBER})[1１]{NUMBER}{{2}}[-\s]?{NUMBER}{{4}}[-\s]?{NUMBER}{{4}}(?!{NUMBER})"
    ),
    re.compile(rf"(?<!{NUMBER})[0０]{NUMBER}{{2,3}}[-—－\s]?{NUMBER}{{7,8}}(?!{NUMBER})"),
    re.compile(rf"(?<!{NUMBER}){NUMBER}{{7,8}}(?!{NUMBER})(?![-年月日元])"),  # line without area
    re.compile(rf"[{PROVINCES}][A-Za-zＡ-Ｚ][·•.\s]?[A-Za-z0-9]{{5,6}}(?![A-Za-z0-9])"),
    re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    re.compile(
        r"(?<=微信)[号：:\s]*[A-Za-z][-\w]{5,19}|(?<=QQ)[号：:\s]*[0-9]{5,12}", re.IGNORECASE
    ),
]
NUMBERS = WHOLE[:4]  # of a person: identity, card, mobile, telephone with its area
SPACED_IDENTITY = re.compile(  # as forms print it: region, birthday, the rest
    rf"(?<!{NUMBER}){NUMBER}{{6}}[-\s](?:19|20|１９|２０){NUMBER}{{6}}[-\s]{NUMBER}{{3}}[0-9０-９XxＸｘ](?!{NUMBER})"
)
# The number before the word is masked, the word stays: ＊＊号, ＊栋＊单元＊室.
HOUSE = re.compile(
    rf"(?<!月){CHINESE_NUMBER}+(?:[-—–－、至到]{CHINESE_NUMBER}+)*"
    r"(?=\s*(?:号楼|号院|号门|栋|幢|单元|室|门牌))"
)
DOOR = re.compile(rf"(?<![月.0-9０-９]){NUMBER}{{1,5}}(?=\s*号(?!线|文|令|公告|台|机|电))")
SPAN = re.compile(rf"(?<![月.0-9０-９]){NUMBER}{{1,5}}(?=[-—–－~～至到]{STAR}+号)")
SAID_NAME = re.compile(
    rf"(?:我叫|本人叫|我的名字[叫是]|姓名[是：:]?|联系人[是：:]?)\s*([{HAN}]{{2,3}})"
)


def mask(text: str, names: Iterable[str] = ()) -> str:
    """The text with ＊ for numbers, plates, doors and the given names (their first letter stays)."""
    for pattern in WHOLE:
        text = pattern.sub(_stars, text)
    for pattern in (HOUSE, DOOR, SPAN):
        text = pattern.sub(_stars, text)
    for name in {*names, *SAID_NAME.findall(text)} - NOBODY:
        if len(name) > 1:
            text = text.replace(name, name[0] + STAR * (len(name) - 1))
    return text


def without_numbers(text: str, names: Iterable[str] = ()) -> str:
    """The text with ＊ for identity, card, mobile and telephone numbers and the given names.

    Less than ``mask``: for texts that are searched, where doors, plates and short numbers are wanted.
    """
    for pattern in (SPACED_IDENTITY, *NUMBERS):
        text = pattern.sub(_stars, text)
    for name in {*names} - NOBODY:
        if len(name) > 1:
            text = text.replace(name, STAR * len(name))
    return text


def _stars(found: re.Match[str]) -> str:
    return STAR * len(found.group().strip())


def left_over(text: str, secrets: Iterable[str]) -> bool:
    """Whether one of ``secrets`` (a name, a number) still stands in the text, however spaced."""
    bare = re.sub(r"[\s\-—–·]", "", unicodedata.normalize("NFKC", text))
    return any(len(one) > 1 and one not in NOBODY and one in bare for one in secrets)

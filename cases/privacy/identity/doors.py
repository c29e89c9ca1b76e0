"""Every flat of a text, own or not: for a matter whose citizen stays unknown (保密, 机密).

Who lives behind a door is who complained. Pure. Road, estate and building stay, for the unit has to find the
house, and so does a room that may be an office's: 行政服务中心305室 is where somebody was treated badly.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cases.privacy.identity.hints import ALL_DIGITS as ANY_DIGITS
from cases.privacy.identity.hints import DIGITS as WAYS

HAN_DIGITS = "一二三四五六七八九〇零壹贰叁肆伍陆柒捌玖"
COUNT = rf"0-9a-z十拾百两{HAN_DIGITS}"
DIGITS = rf"(?:[0-9]{{3,4}}|[{HAN_DIGITS}]{{3,4}})"
ROOM = rf"{DIGITS}(?:\s?(?:室|号房|房号|房))?(?![0-9{HAN_DIGITS}米元号层楼平年月日.%])"
BUILDING = r"(?:(?<=[栋幢座#])|(?<=号楼))"
BEHIND = r"(?:(?<=[栋幢座#])|(?<=号楼)|(?<=[0-9一二三四五六七八九十]号))"
STAIRS = rf"[{COUNT}]{{1,4}}\s?单元\s?"
# 12楼3号, 12楼左手边那户: behind a building or a staircase only, and no lift, window or shop
FLOOR = rf"[0-9十拾百{HAN_DIGITS}]{{1,3}}\s?[楼层]的?\s?"
DOOR = (
    rf"[0-9十拾{HAN_DIGITS}]{{1,4}}\s?(?:号房|号|室|房)(?![楼线路机柜车门店铺摊桌窗仓库]|电梯|会议)"
)
SIDE = (
    r"[靠最]?[东西南北左右中里外]{1,2}(?:手边|手|边|头|面|侧)?[的那这]?一?(?:户|家(?![庭具电长属])|间|套)|"
    r"[东西南北]头"
)
# 7-602: floor and door of a room; a range (3-500), an amount and a date are none
PAIR = (
    rf"(?<![0-9a-z.\-/:{HAN_DIGITS}第〔\[])[0-9{HAN_DIGITS}]{{1,2}}-(?:[1-9]|[123][0-9])(?:0[1-9]|1[0-9])"
    r"(?:\s?(?:室|号房|房号|房))?(?![0-9a-z./-]|\s?[元块米年月日号层楼度吨斤万千百人户名个分秒时天件次题页亩平岁栋~%]|\s?公[里斤分])"
)
FLAT = re.compile(
    rf"{BEHIND}\s?-?(?:{STAIRS}|[{COUNT}]{{1,3}}-)?-?{ROOM}|{STAIRS}-?{ROOM}|"
    rf"(?:{BUILDING}\s?-?(?:{STAIRS})?|{STAIRS}){FLOOR}(?:{DOOR}|{SIDE})|"
    r"(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])|"
    rf"(?<=门牌)(?:号码?)?[:是为\s]{{0,2}}(?:[{COUNT}]{{1,4}}-)?{ROOM}|{PAIR}|"
    rf"(?<![0-9{HAN_DIGITS}]){DIGITS}\s?房(?![产屋子价间租东管改型贷])|"
    rf"(?<=[村社屯湾冲组])[{COUNT}]{{1,3}}\s?组\s?[{COUNT}]{{1,4}}\s?号(?![楼线路])"
)
# 我住12楼03房, 家住5楼西户: a floor without building, where somebody says that they live there
LIVES = (
    r"(?:[我家现]们?住(?!院|宿)|住在|租住|居住|我们?家(?:就|是)?在?|[我咱]们?就?是|"
    r"(?:^|(?<=[,。;!?\s:]))住(?!院|宿))"
)
DOOR_ON_FLOOR = (
    rf"{FLOOR}(?:{ROOM}|{DOOR}(?![床台站])|{SIDE}|[左右](?:手边|手|边)(?![的有那手边面])|"
    r"(?:[左右东西南北]手?边?)?第?[0-9一二三四五六两]{1,2}[家户间](?![人口都]))"
)
ON_FLOOR = re.compile(
    rf"{LIVES}(?P<between>[^,。;!?\n]{{0,20}}?)(?<![0-9十{HAN_DIGITS}])(?P<who>{DOOR_ON_FLOOR})|"
    rf"(?<![0-9十{HAN_DIGITS}])(?P<mine>{DOOR_ON_FLOOR})(?=[^,。;!?\n]{{0,3}}(?:是我们?家|[是就]我[住租]))"
)
DWELLING = re.compile("宿舍|家属|公寓")
ALONE = re.compile(rf"(?<![0-9{HAN_DIGITS}]){DIGITS}\s?(?:室|号房)")
# What a room stands behind that somebody lives in; behind anything else it may be an office's
LIVED_IN = re.compile(
    r"(?:^|[^\w\s—-]|[我住家在是的找和与跟被]|楼[上下]|对门|隔壁|业主|邻居|住户|租户|宿舍|公寓|寝室|小区|花园|家园|苑|新村|号)\s?$"
)
OFFICES = (
    "中心|大厅|政府|行政|机关|大楼|房间|局|厅|法院|医院|学校|公司|办公室?|委员会|委|"
    "派出所|银行|病房|酒店|宾馆"
)
OFFICE = re.compile(rf"(?:{OFFICES})[^,。;!?\n]*$|(?:{OFFICES})[,、(\s]{{1,2}}$")

VALUES = str.maketrans(HAN_DIGITS, "12345678900123456789")
ON_A_FLOOR = re.compile(
    rf"([0-9]{{1,2}}|[十拾{HAN_DIGITS}]{{1,3}})\s?[楼层]的?\s?[0零〇]?([0-9{HAN_DIGITS}])\s?[号室房]"
)
LAST_ROOM = re.compile(rf"(?<![0-9{HAN_DIGITS}]){DIGITS}(?=[^0-9{HAN_DIGITS}]*$)")
# What makes an amount, a line, a road or a document of the digits before it
COUNTED = (
    "[元块米年月日度吨斤万千百亿里层楼栋户人个名位次份张本件条辆台套班路线届平亩公克厘岁头桌座]|"
    "[分秒时点页字级倍伏瓦车道国省医厂矿胶%℃]|[县乡村]道|天(?!天)|[多余]|号[线文令楼车公通信窗机商门店铺]"
)


def flats(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each: staircase and room, floor and door, a room behind its building or alone."""
    yield from (found.span() for found in FLAT.finditer(text))
    for found in ALONE.finditer(text):
        before = text[max(0, found.start() - 20) : found.start()]
        if LIVED_IN.search(before) and not OFFICE.search(before):
            yield found.span()


def lived_on(text: str) -> Iterator[tuple[int, int]]:
    """Floor and door where somebody says that they live there; an office's, a ward's and a lift's stay."""
    for found in ON_FLOOR.finditer(text):
        between = found.group("between") or ""
        if DWELLING.search(between) or not re.search(OFFICES, between):
            yield found.span(found.lastgroup or 0)


def rooms_in(text: str) -> frozenset[str]:
    """Numbers of three or four digits by which the flats of a text are known in the case's other texts."""
    written = (_room(text[start:end]) for start, end in flats(text))
    return frozenset(one for one in written if one)


def known_rooms(text: str, rooms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of these numbers stands alone, in any digits; amounts, lines and documents stay."""
    for room in rooms:
        yield from (found.span() for found in _standing(room).finditer(text))


@lru_cache(maxsize=256)
def _standing(room: str) -> re.Pattern[str]:
    said = "".join(f"[{re.sub('[0-9a-z]', '', WAYS[one])}]" for one in room)
    return re.compile(
        rf"(?<![{ANY_DIGITS}a-z.\-/第约近达超共￥¥$〔\[路街巷弄])(?<!办公楼)(?:{room}|{said})(?:\s?(?:号房|房号|室|房))?"
        rf"(?![{ANY_DIGITS}a-z.\-/]|\s?(?:{COUNTED}))"
    )


def _room(flat: str) -> str:
    """1203 of 2单元1203室 and of 十二楼03号; empty where a flat has no such number."""
    if on := ON_A_FLOOR.search(flat):
        floor, door = on.groups()
        tens, has_tens, ones = floor.replace("拾", "十").rpartition("十")
        ones = ones.translate(VALUES) or "0"
        if has_tens:
            ones = f"{tens.translate(VALUES) or 1}{ones}"
        return f"{ones}0{door.translate(VALUES)}"
    found = None if "组" in flat else LAST_ROOM.search(flat)
    return found.group().translate(VALUES) if found else ""

"""What else tells who somebody is: mail, chat names, the own plate, the own door.

Pure. A plate or a door that is the matter (a taxi, a leaking flat) stays: the unit has to go there. Only
what somebody says of themselves is marked. Sources: GA 36 (plates), 个人信息保护法 art. 28 (whereabouts).
"""

import re
from collections.abc import Iterator

MAIL_NAME = re.compile(r"[a-z0-9_.+-]{1,64}$")
MAIL_HOST = re.compile(r"\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
CHAT = re.compile(
    r"(?:微信|威信|(?<![a-z])(?:wechat|weixin|vx|wx)|加v)(?!公众|群|小程序)((?:号码?|id|账号|帐号)?[:;\s是为]{0,3}"
    r"[a-z][-_a-z0-9]{5,19}(?![a-z0-9])|(?:号码?|id|账号|帐号)?[:;\s是为]{0,3}[0-9][-0-9]{4,12}(?![0-9]))|"
    r"(?:(?<![a-z])qq|扣扣|企鹅号)(?!群)((?:号码?|账号)?[:;\s是为]{0,3}[0-9][-0-9]{4,12}(?![0-9]))"
)
PLATE = re.compile(r"[\u4e00-\u9fff][a-z][·•.\s-]?[a-z0-9]{5,6}(?![a-z0-9])")
OWN_CAR = re.compile(
    r"我方|(?:我|本人|自己|自家)(?:家|们)?的?(?:车|小车|轿车|爱车|车牌|摩托|电动)|车主|发动机号|车架号|车主本人"
)
PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
HOME = re.compile(
    r"(?:我|本人|家|现|全家)(?:们)?(?:一家)?(?:居住|住|家)(?:在|于)?|住址[:是为]?|家庭地址[:是为]?"
)
PAPER = re.compile(
    r"(?:护照|通行证|军官证|士兵证|居住证)(?:号码?)?[:是为]?\s?([a-z]{0,2}[0-9]{7,10})(?![0-9a-z])"
)
COUNT = "0-9a-z一二三四五六七八九十百零〇"
DOOR = re.compile(
    rf"(?:[{COUNT}]{{1,4}}\s?(?:单元|门)\s?)?[{COUNT}]{{1,5}}\s?(?:室|号房|房号)|[{COUNT}]{{1,4}}\s?单元(?:\s?-?[0-9]{{3,4}}(?![0-9米元]))?|"
    rf"(?<=[栋幢座楼])\s?-?(?:[0-9]{{1,2}}-)?[0-9]{{3,4}}(?![0-9米元号层平])|(?<![0-9])[0-9]{{1,3}}-[0-9]{{1,2}}-[0-9]{{3,4}}(?![0-9])"
)
REACH = 50  # characters of one clause from "I live" to the door


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of people; one of a public body (``.gov.cn``) stays."""
    for found in re.finditer("@", text):
        at = found.start()
        name = MAIL_NAME.search(text[max(0, at - 64) : at])
        host = MAIL_HOST.match(text, at + 1)
        if name and host and not host.group().endswith(".gov.cn"):
            yield at - len(name.group()), host.end()


def papers(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of a passport or a pass."""
    return (found.span(1) for found in PAPER.finditer(text))


def chats(text: str) -> Iterator[tuple[int, int]]:
    """Names and numbers of WeChat and QQ, with the word 号 before them."""
    for found in CHAT.finditer(text):
        yield found.span(1) if found.group(1) else found.span(2)


def own_plates(text: str) -> Iterator[tuple[int, int]]:
    """Plates of a car that somebody calls their own."""
    for found in plates(text):
        if OWN_CAR.search(re.split("[。;!?]", text[max(0, found[0] - 40) : found[0]])[-1]):
            yield found


def plates(text: str) -> Iterator[tuple[int, int]]:
    """Every plate: by its province, or by the word before it."""
    for found in PLATE.finditer(text):
        before, after = (
            text[max(0, found.start() - 12) : found.start()],
            text[found.end() : found.end() + 4],
        )
        is_said = re.search(r"车牌[^,。]{0,8}$", before) or re.match("号?的?[轿小面客货]?车", after)
        if text[found.start()] in PROVINCES or is_said:
            yield found.span()


def own_doors(text: str) -> Iterator[tuple[int, int]]:
    """Unit and room of a home; road, estate and building stay for whoever has to find the place."""
    for said in HOME.finditer(text):
        clause = re.split("[。;!?\n]", text[said.end() : said.end() + REACH])[0]
        if found := DOOR.search(clause):
            yield said.end() + found.start(), said.end() + found.end()

"""What is looked for more closely where the citizen stays unknown (保密, 机密): numbers and own people.

Numbers by which a utility, a school or a bank knows somebody, own plates and chat names in loose spelling,
digits inside signs (⒈, ❶), accounts and identity cards in Chinese digits. Pure. On ordinary cases none of
it is looked for. Who is complained about stays: the unit has to read that one. Sources: GA 36 (plates),
个人信息保护法 art. 28.
"""

import re
import unicodedata
from collections.abc import Iterator

from cases.privacy.identity.numbers import CHINESE, FILL, IDENTITY, VALUES
from cases.privacy.identity.signs import OWN_CAR, PROVINCES

# No digit of a number is 一 that begins a word behind it (户号零三二一一直不对), nor a year
SAID_DIGIT = rf"(?!一[直些个定般样次共起下再]|(?:一九|二[零〇○])[{CHINESE}]{{2}}年)[{CHINESE}]"
ACCOUNT = re.compile(
    r"(?:户号|用户号|客户号|表号|燃气号|缴费号|卡号|学号|工号|社保号|医保号|"
    r"(?:水表|电表|气表|燃气表?|用电|用水|用气|客户|用户|缴费|电费|水费)编[号码])(?:码)?[:是为\s]{0,3}"
    r"(?P<who>[a-z]{0,3}[\s-]?[0-9](?:[\s-]?[0-9a-z]){3,22}(?![0-9a-z年])|"
    rf"{SAID_DIGIT}(?:[\s-]?{SAID_DIGIT}){{3,22}}(?!{SAID_DIGIT}|[年月日级届班]))"
)
# An identity card in Chinese digits, some of them perhaps not; the last may be X, said 叉
SAID_CARD = re.compile(rf"[0-9{CHINESE}](?:{FILL}{{0,2}}+[0-9{CHINESE}]){{16,}}+(?:{FILL}?[x叉])?")
DIGIT_OF = {one: one.translate(VALUES) for one in CHINESE + "0123456789x"} | {"叉": "x"}
LEAST_SAID = 4  # Chinese digits of it: fewer are a code with a word beside it
# The number on the badge of whoever is complained about
OF_STAFF = re.compile(
    r"(?:客服|窗口|工作人员|员工|话务员|接线员|民警|警官|警察|辅警|协警|司机|柜员|对方|[他她])[^,。;!?]{0,6}$"
)
STAFF = re.compile(r"号?\s?的?(?:工作|客服|话务|接线|民警|警|员工|司机|柜员|窗口|人员)")
PLATE = re.compile(
    rf"[{''.join(sorted(PROVINCES))}]\s?[a-z]\s?[·•.-]?\s?[a-z0-9](?:\s?[·•.-]?[a-z0-9]){{4,5}}(?![a-z0-9])"
)
PLATE_SAID = re.compile(r"车牌(?:号码?)?[:是为\s]{0,3}$")
# A plate that is the matter: a taxi that refuses, a lorry that carries too much
OTHERS_CAR = re.compile(
    r"出租车|的士|公交|客车|货车|渣土|校车|公车|公务车|执法|警车|网约车|司机|对方|肇事|违停|违章|[他她它][们的]"
)
A_CAR = re.compile(r"号?的?[^,。;!?我]{0,6}车")
# 微信 as people write it whom a filter watches: v信, 微xin, 薇信, 加我v
CHAT_WORD = (
    r"(?:[微威薇徽维v]信|[微薇]xin|抖音|快手|小红书|微博|(?<![a-z])(?:qq|[vw]x|weixin|wechat)|扣扣|"
    r"(?:加|联系)我?的?v(?![a-z])|我的?v(?=[:号是])|(?<![a-z0-9])v(?=:))"
)
LEAST = 5  # letters and digits of a chat name
LATIN = r"[a-z0-9][a-z0-9_-]{0,19}(?:\s[a-z0-9_-]{1,20}){0,4}"
CHAT = re.compile(
    rf"{CHAT_WORD}(?:号码?|名字?|昵称|id|账号|帐号)?[:是为叫\s]{{0,3}}"
    rf"(?=[a-z0-9_ -]{{{LEAST}}})(?P<latin>{LATIN})(?![a-z0-9])|"
    rf"{CHAT_WORD}(?:号码?|账号|帐号)?[:是为\s]{{0,3}}"
    rf"(?P<said>{SAID_DIGIT}(?:[\s-]?{SAID_DIGIT}){{4,12}})(?!{SAID_DIGIT})|"
    rf"{CHAT_WORD}(?:号|名字?|昵称|id|账号|帐号)(?::\s?|\s|叫\s?|\s?[“\"「])(?![是为被不没的在有也已发我你他她这那])"
    r"(?P<name>[\w-]{2,16}(?: [\w-]{1,16}){0,2})"
)


class _Digits(dict[int, str]):
    """The digit of each character that is one in a sign; a keycap around a digit is a space."""

    def __missing__(self, code: int) -> str:
        digit = unicodedata.digit(chr(code), None) if code > 127 else None  # noqa: PLR2004 - ASCII
        found = self[code] = chr(code) if digit is None else str(digit)
        return found


_DIGITS = _Digits({0x20E3: " "})


def signs_as_digits(text: str) -> str:
    """The text of the same length with ⒈, ⑴, ❶, ① and digits of other scripts as 1."""
    return text.translate(_DIGITS)


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """户号0321 5567 81, 水表编号零一零二九; not the badge of whoever is complained about."""
    for found in ACCOUNT.finditer(text):
        is_badge = found.group().startswith("工号") and (
            OF_STAFF.search(text[max(0, found.start() - 14) : found.start()])
            or STAFF.match(text, found.end())
        )
        if not is_badge:
            yield found.span("who")


def loose_plates(text: str) -> Iterator[tuple[int, int]]:
    """A plate called one's own or only 车牌, with dots and spaces; not the car that is the matter."""
    for found in PLATE.finditer(text):
        before = re.split("[。;!?]", text[max(0, found.start() - 40) : found.start()])[-1]
        is_other = OTHERS_CAR.search(before) or A_CAR.match(text, found.end())
        if OWN_CAR.search(before) or (PLATE_SAID.search(before) and not is_other):
            yield found.span()


def loose_chats(text: str) -> Iterator[tuple[int, int]]:
    """微信号 sg yz 1988, 加我v: stmy2020, QQ二八四七一; 抖音号 梅姐漏水日记 to the next punctuation."""
    for found in CHAT.finditer(text):
        kind = found.lastgroup or ""
        if kind != "latin" or len(found.group("latin").replace(" ", "")) >= LEAST:
            yield found.span(kind)


def spoken_cards(text: str) -> Iterator[tuple[int, int]]:
    """四三〇三二九一九八五…: an identity card in Chinese digits, in any run of them."""
    for said in SAID_CARD.finditer(text):
        places = [at for at in range(*said.span()) if text[at] in DIGIT_OF]
        digits = "".join(DIGIT_OF[text[at]] for at in places)
        for found in IDENTITY.finditer(digits):
            start, end = places[found.start()], places[found.end() - 1] + 1
            if sum(map(CHINESE.count, text[start:end])) >= LEAST_SAID:
                yield start, end

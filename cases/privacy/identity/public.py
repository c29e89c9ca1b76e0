"""Whose a number is: somebody's, or an office's that people need in order to call it.

Pure. A citizen writes "住建局电话…没人接": that is the office's. A unit writes "请拨打…": that too.
In doubt it is somebody's in a citizen's text, and the unit's in a unit's reply; a mobile in a citizen's
text and an identity or card number anywhere is somebody's whatever stands beside it.
"""

import re
from enum import Enum

from cases.privacy.identity.names import HAN, looks_like_name
from cases.privacy.identity.numbers import Number


class Voice(Enum):
    """Who speaks in a text."""

    CITIZEN = "citizen"  # letter, title, request, supplement, note of a call
    UNIT = "unit"  # reply, public answer


class Owner(Enum):
    """Whose a number is; a code, a date, an amount is nobody's."""

    SOMEBODY = "somebody"
    OFFICE = "office"
    NOBODY = "nobody"
    UNSAID = "unsaid"  # as long as a local line, and no word says what it is


ORGANS = (
    "局|厅|委|办|办公室|科|处|所|站|中心|大队|支队|中队|队|院|学校|中学|小学|大学|公司|银行|热线|平台|客服|总台|"
    "前台|大厅|窗口|社区|村委会|居委会|街道|政府|新农合|医保|社保|部|部门|物业|酒店|景区|机构|消防|工商|税务|路政|运管|城管|交警|售后|快递|邮政|[局科处所站院部]长"
)
TASKS = "投诉|咨询|审查|审核|受理|举报|监督|服务|值班|办公|报修|抢修|预约|报名|考务|客服|救援|报警|办公室"
LINE = "电话|热线|座机|专线|总机|号码"
ASIDE = r"[\s:∶(]*$"
OFFICE = re.compile(
    rf"(?<!住)(?:{ORGANS})[内里]?的?(?:(?:网上|对外|官方)?(?:公布|公开|提供|留下)的?)?"
    rf"\(?(?:{TASKS}|联系|办公|固定|主管)*的?(?:{LINE})*[是为]?{ASIDE}"
)
SERVICE = re.compile(
    rf"(?:{TASKS})(?:{LINE})*[是为]?{ASIDE}|热线[,、和及\s]*$|(?:百度|网上)[^,。;!?]{{0,6}}(?:{LINE})[是为]?{ASIDE}"
)
DIALLED = re.compile(rf"(?<![请可您你])(?:拨打|致电|电话[到给至]|打到|打了?|再找)(?:电话)?{ASIDE}")
ASKED = re.compile(r"[)\s]*(?:联系|找|与|告知|通知|给)我")
BEHIND = re.compile(
    rf"[)\s]*的?(?:[^,。;!?0-9]{{0,8}}?(?:客服|热线|总机|服务台|投诉电话|咨询电话)|\((?:{TASKS}|主管)|(?:{TASKS})(?:电话|热线)|这个(?:不?是)?新?(?:电话|号码))"
)
SELF = re.compile(r"我是|我系|我叫|本人[是系叫]|我的|家住|我住|住在|我家|姓名|联系人")
FIRST = re.compile(r"[我他她]|本人|手机|家|电话[:(]|叫")
PHONE = re.compile(
    r"(?:电话|座机|手机|固话|热线|联系方式|号码|联系|致电|拨打|打|tel|phone|mobile|call|☎)"
    rf"号?码?[是为]?[.]?{ASIDE}|(?:电话|座机|手机|号码)[,;!][\s(]*$"
)
ASIDE_OF_NAME = re.compile(rf"([{HAN}]{{3}})\($")
LOCAL = re.compile(r"(?!(?:19|20)[0-9]{6})[2-8][0-9]{6,7}")
ACCOUNT = re.compile(
    r"(?:卡号|账号|帐号|账户|帐户|银行卡|存折|社保号|医保号|住院号|学籍号|身份证|证件号|发动机号|车架号)"
    r"[^0-9,。]{0,8}$"
)
BANK = re.compile(r"62[0-9]{14,17}")  # without a word before it, only what a Chinese bank gives out
CODED = re.compile(
    r"(?:编号|编码|单号|案号|文号|(?<!考)证号|代码|工单|合同|发票|许可证|批号|型号|登记|注册|备案|证书|流水|第|小写|金额|"
    r"[计约]|元\)|[\[〔【(](?:19|20)[0-9]{2}[\]〕】)])(?:号码?)?[为是]?[\s:(]*$"
)
MEASURED = re.compile(
    r"(?:\.[0-9]{1,4})?\s?(?:号(?!码)|元|万|亿|平方|㎡|m2|米|公里|吨|千瓦|度|人|户|%)"
)
GLUED = re.compile(r"[a-z_#=/&%]$")
LETTER_BEHIND = re.compile(r"(?!qq|vx|wx|tel|phone|e-?mail|http|www)[a-z]")
LETTERS = re.compile(r"(?:tel|phone|mobile|qq|vx|wx|v|call)[.:]?$")
PETITIONER = re.compile(
    r"(?:诉求人|来信人|来电人|来访人|反映人|投诉人|举报人|信访人|申请人|当事人|业主|户主|住户|用户|居民|村民|市民|"
    r"网友|群众|您|你)(?![^。;]*(?:请|可|致电|拨打|咨询|监督|服务|办公|热线|联系人))[^。;]{0,16}$"
)
INVITED = re.compile(
    r"(?:请|欢迎|可|如|若|详|咨询|监督|投诉|举报|值班|办公|服务|热线|联系人|负责人)[^。;!?]{0,30}$"
)
BEFORE, AFTER, CHAINED = (
    40,
    16,
    14,
)  # characters looked at; the last from one number to its neighbour


def owner(number: Number, text: str, voice: Voice, office_end: int) -> Owner:
    """Whose the number is. ``office_end``: where the last number of an office ended, -1 for none."""
    before = text[max(0, number.start - BEFORE) : number.start]
    after = text[number.end : number.end + AFTER]
    if number.shape == "identity" or (number.shape != "free" and ACCOUNT.search(before)):
        return Owner.SOMEBODY
    if number.shape == "free":
        return Owner.OFFICE
    is_bare = number.shape == "bare" and not (PHONE.search(before) or _is_aside(before, after))
    is_code = number.shape != "mobile" and _is_code(before, after)
    if is_bare or is_code:
        is_unsaid = is_bare and not is_code and LOCAL.fullmatch(number.digits)
        return Owner.UNSAID if is_unsaid else Owner.NOBODY
    if number.shape == "card":
        return Owner.SOMEBODY if BANK.match(number.digits) else Owner.NOBODY
    if voice is Voice.UNIT:
        return Owner.SOMEBODY if _is_petitioners(number, before) else Owner.OFFICE
    between = text[office_end : number.start] if office_end >= 0 else ""
    is_next = 0 < len(between) <= CHAINED and not FIRST.search(between)
    is_offices = number.shape != "mobile" and (is_next or _is_offices(before, after))
    return Owner.OFFICE if is_offices else Owner.SOMEBODY


def _is_code(before: str, after: str) -> bool:
    """A number of a document, a contract, an amount."""
    is_glued = GLUED.search(before) and not LETTERS.search(before)
    return bool(
        is_glued or CODED.search(before) or MEASURED.match(after) or LETTER_BEHIND.match(after)
    )


def _is_aside(before: str, after: str) -> bool:
    """张大山（8721234）: behind a name, alone in brackets."""
    found = ASIDE_OF_NAME.search(before)
    return bool(found and after.startswith(")") and looks_like_name(found.group(1)))


def _is_petitioners(number: Number, before: str) -> bool:
    if PETITIONER.search(before):
        return True
    return number.shape == "mobile" and not INVITED.search(before)


def _is_offices(before: str, after: str) -> bool:
    clause = re.split(r"[,。;!?\n]", before)[-1]
    if SELF.search(clause) and not SERVICE.search(before):
        return False
    if DIALLED.search(before):
        return not ASKED.match(after)
    return bool(OFFICE.search(before) or SERVICE.search(before) or BEHIND.match(after))

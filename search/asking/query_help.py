"""The query language as a person is told it: an example and what it finds, in order of use."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Help(NamedTuple):
    """One line of the help panel; ``office_only``: units cannot ask so."""

    example: str
    means: str | Promise
    office_only: bool = False


HELP = (
    Help(
        "停水 幸福家园",
        _(
            "Every word must occur, in the matter, the place, the unit or the reply. Traditional and "
            "full-width writing is found too, and so are the office's synonyms (断水, 没水)."
        ),
    ),
    Help("“下水道堵塞”", _("Exactly these words side by side, without synonyms.")),
    Help("停水 -电费", _("Without a word.")),
    Help("井盖|护栏", _("Either of the words.")),
    Help(
        "标题:路灯 · 内容:油烟 · 答复:更换 · 地址:人民路",
        _("Only in the title, the matter, the reply, the address."),
    ),
    Help(
        "附件:合同",
        _("Only in attached PDF, Word and Excel files. Photos and scans are not read."),
    ),
    Help(
        "单位:zls · 分类:停水 · 区域:石桥镇",
        _("By unit, category or place: a part of the name, the initials or pinyin, the code."),
    ),
    Help(
        "日期:2026-11-05 · 日期:上周",
        _("Registered then; also a month (2026-11) and from .. to (2026-11-01..2026-11-05)."),
    ),
    Help(
        "12栋2单元 · 2026-11-05",
        _("House numbers and days in the text are found however they are written."),
    ),
    Help(
        "单号:261122",
        _("Five or more neighbouring digits of a case number, or its last four."),
    ),
    Help(
        "电话:6217",
        _(
            "The last four digits of a telephone or the whole number, of anybody who was in touch "
            "about the case. Names of citizens cannot be searched."
        ),
        office_only=True,
    ),
)


def help_for(*, is_office: bool) -> list[Help]:
    """Return the lines a person can use."""
    return [line for line in HELP if is_office or not line.office_only]

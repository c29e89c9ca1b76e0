"""Words by which a text accuses, whatever its writer took it for. Pure.

“咨询：自来水公司范科长收了回扣，我举报他” is an enquiry by its type only. Such a text is asked about
before it goes to a unit that it names, like a complaint. Source: `domain.md` §2.7 and letters of a trial.
"""

import re

from cases.privacy.folding import fold

ACCUSES = re.compile(
    "举报|控告|检举|告发|揭发|吃拿卡要|吃拿|收受|受贿|行贿|索贿|贿赂|回扣|贪污|挪用|克扣|侵吞|私吞|截留|好处费|红包|收黑钱|"
    "收了?.{0,6}(?:钱|礼|烟|酒|现金)|要了?.{0,4}(?:好处|红包|钱)|滥用职权|以权谋私|徇私|玩忽职守|渎职|打击报复|报复|包庇|"
    "乱收费|乱罚款|态度(?:恶劣|蛮横|粗暴|极差|差)|骂人|打人|推诿|扯皮|不作为|乱作为|"
    "(?:不要|别|莫|不能|不得).{0,4}(?:让|告诉|给).{0,12}(?:知道|晓得|看|看到|听到)|查处|处分|处理他|处理她"
)


def accuses(text: str) -> bool:
    """Whether the text holds such a word."""
    return bool(ACCUSES.search(fold(text)))

"""Family names, and everyday words that look like a name but are none (``cases/data/names.txt``).

Pure. Simplified characters, as texts are compared (``cases.privacy.folding``).
"""

from pathlib import Path

_FILE = Path(__file__).parents[2] / "data" / "names.txt"


def _sections() -> dict[str, frozenset[str]]:
    """The words below each ``[heading]``; a line with ``#`` is a remark."""
    words: dict[str, list[str]] = {}
    heading = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
            words[heading] = []
        elif not line.startswith("#"):
            words[heading] += line.split() if " " in line else list(line)
    return {name: frozenset(held) for name, held in words.items()}


_READ = _sections()
SINGLE = _READ["surnames"]
COMMON = _READ["common surnames"]
DOUBLE = _READ["double surnames"]
WORDS = _READ["words"] | _READ["roles"]
ROLES = _READ["roles"]
LEFT = _READ["words before"]
RIGHT = _READ["words behind"]
# What makes a place, a school or a firm of the two letters before it: 王平路, 李明小学.
PLACES = (
    "路|街|大道|村(?!里)|镇(?!里)|乡(?!里)|巷|弄|桥|山庄|河|湖|港|湾|"
    "岭|坡|冲|坳|坪|塘|垸|洲|区(?!别|里)|县(?!里)|市(?!里)|小学|中学|"
    "大学|公司|超市|医院|酒店|饭店|宾馆|花园|小区|苑|广场|工业园|社区|水库|"
    "加油站|车站|药店|诊所|组(?!织)|屯|寨"
)

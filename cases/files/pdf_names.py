"""Names in a PDF that make it more than paper, looked for where a reader of it looks.

Packed data holds any letters by chance, so what lies between ``stream`` and ``endstream`` of an object is
passed over, and so are strings and comments. A reader finds objects by their place, whatever stands before:
each ``n n obj`` begins anew, also inside of what was passed over. Names are read with their escapes
(``/J#53``). Source: ISO 32000-1, 7.2-7.3.
"""

import re

COMMANDS = frozenset({b"JavaScript", b"JS", b"Launch", b"EmbeddedFile"})
_OBJECT = re.compile(rb"\b\d{1,10}\s+\d{1,5}\s+obj\b")
_REST = rb"%[^\r\n]*|<<|>>|\bstream\r?\n|/[JLE#][^\x00\t\n\f\r /<>()\[\]{}%]+"  # as commands begin
_TOKEN, _TOKEN_NOT_STRING = re.compile(rb"\(|" + _REST), re.compile(_REST)
LONGEST_STRING = (
    65_536  # bytes; a longer one hides nothing, so that each byte is looked at a few times
)
_NOTHING = re.compile(rb"(?:\s|%[^\r\n]*)*")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)


def has_commands(content: bytes) -> bool:
    """Whether the file names a script, a program to start or a file inside of it."""
    starts = [0, *(found.end() for found in _OBJECT.finditer(content))]
    ends = [*starts[1:], len(content)]
    return any(_names_one(content[start:end]) for start, end in zip(starts, ends, strict=True))


def _names_one(part: bytes) -> bool:
    """The same of one object, from behind its ``obj``."""
    at = depth = closed = 0
    token_of = _TOKEN
    while found := token_of.search(part, at):
        token, at = found.group(), found.end()
        if token.startswith(b"/"):
            if _unescaped(token[1:]) in COMMANDS:
                return True
        elif token == b"(":
            if end := _end_of_string(part, at):
                at = end
            else:  # one that nobody closes: from here on strings hide nothing
                token_of = _TOKEN_NOT_STRING
        elif token == b"<<":
            depth += 1
        elif token == b">>":
            depth, closed = depth - 1, at
        elif token.startswith(b"stream") and depth == 0 and closed:
            if not _NOTHING.fullmatch(part, closed, found.start()):
                continue
            end = part.find(b"endstream", at)
            at = len(part) if end < 0 else end
    return False


def _unescaped(name: bytes) -> bytes:
    if b"#" not in name:
        return name
    return _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), name)


def _end_of_string(part: bytes, at: int) -> int:
    """Behind the parenthesis that closes the string; 0 where nothing closes it."""
    depth = 1
    for found in _IN_STRING.finditer(part, at, at + LONGEST_STRING):
        depth += {b"(": 1, b")": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return 0

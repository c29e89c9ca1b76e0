"""Line breaks of a template are layout: they and the indentation around them come to no page.

As in JSX: a break beside a tag, a ``{% … %}`` or a ``{{ … }}`` is nothing, a break between two words is one
space. So a template can be set out by its structure without a gap appearing between two Chinese letters
or two buttons, pages stay as light as if they stood in one line, and the formatter is free. A space that
is meant at a break is written ``{{ " " }}``. What stands in ``pre``, ``textarea``, ``script`` and ``style``
and in ``blocktranslate`` is left alone. Holds for the templates of this product, not for those of libraries.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.template import Template
from django.template.base import DebugLexer, Lexer, NodeList, Origin, Parser, Token, TokenType
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader

ROOT = Path(__file__).resolve().parents[1]
LIBRARIES = frozenset(
    {"site-packages", "dist-packages"}
)  # also of an environment inside the folder
BREAK = re.compile(r"[ \t]*\n\s*")
TAG = re.compile(r"</?[a-zA-Z!]")
KEPT = re.compile(r"<(pre|textarea|script|style)\b", re.IGNORECASE)
VERBATIM = {"blocktranslate", "blocktrans", "verbatim", "comment"}


class Flat:
    """Lays text flat, one piece after the other; remembers whether it is inside a tag."""

    def __init__(self) -> None:
        self._in_tag = False
        self._quote = ""
        self._kept = ""  # the element whose text is left alone, once its tag has ended
        self._is_kept = False

    def laid(self, text: str) -> str:
        """The piece without its layout."""
        out: list[str] = []
        at = 0
        while at < len(text):
            at = self._step(text, at, out)
        return "".join(out)

    def _step(self, text: str, at: int, out: list[str]) -> int:
        if self._is_kept:
            end = text.lower().find(f"</{self._kept}", at)
            self._is_kept = end < 0
            out.append(text[at:] if end < 0 else text[at:end])
            return len(text) if end < 0 else end
        if not self._quote and (found := BREAK.match(text, at)):
            out.append(self._break(text, found))
            return found.end()
        self._read(text, at)
        out.append(text[at])
        return at + 1

    def _break(self, text: str, found: re.Match[str]) -> str:
        if self._in_tag:
            return " "
        is_edge = found.start() == 0 or found.end() == len(text)
        return "" if is_edge or text[found.start() - 1] == ">" or text[found.end()] == "<" else " "

    def _read(self, text: str, at: int) -> None:
        one = text[at]
        if self._quote:
            self._quote = "" if one == self._quote else self._quote
        elif not self._in_tag:
            self._in_tag = TAG.match(text, at) is not None
            self._kept = kept[1].lower() if (kept := KEPT.match(text, at)) else ""
        elif one in "\"'":
            self._quote = one
        elif one == ">":
            self._in_tag, self._is_kept = False, bool(self._kept)


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a template without its layout."""
    state, until = Flat(), ""
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            word = token.contents.partition(" ")[0]
            until = "" if word == until else until or (f"end{word}" if word in VERBATIM else "")
        elif token.token_type == TokenType.TEXT and not until:
            token.contents = state.laid(token.contents)
        yield token


class LaidFlat(Template):
    """A template of this product."""

    def compile_nodelist(self) -> NodeList:
        """As Django's, of tokens laid flat; lines in messages are those of the file."""
        lexer = DebugLexer(self.source) if self.engine.debug else Lexer(self.source)
        tokens = list(flat(lexer.tokenize()))
        libraries, builtins = self.engine.template_libraries, self.engine.template_builtins
        parser = Parser(tokens, libraries, builtins, self.origin)
        try:
            nodes = parser.parse()
        except Exception as error:
            if self.engine.debug:
                # Django's own mark, which its page of errors reads
                error.template_debug = self.get_exception_info(error, error.token)  # type: ignore[attr-defined]
            raise
        self.extra_data = parser.extra_data
        return nodes


class _Ours(BaseLoader):
    """What lies in this product's folders is laid flat."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Load it."""
        found: Template = super().get_template(template_name, skip)
        if not is_ours(found.origin.name):
            return found
        return LaidFlat(found.source, found.origin, found.name, found.engine)


class Loader(cached.Loader, _Ours):
    """Loads and keeps templates as Django's own does."""


def is_ours(path: str) -> bool:
    """Whether the template at this path belongs to the product."""
    inside = Path(path).resolve()
    return inside.is_relative_to(ROOT) and LIBRARIES.isdisjoint(inside.parts)

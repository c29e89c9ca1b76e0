"""How many cases a question can match, told from the index's statistics before it is asked.

What stands in few cases is answered from those cases. What stands in very many is looked for among the
newest cases first, and counting it takes as long as there are matches.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

from search.engines.models.indexed import IndexedCase
from search.words.query_language import SearchTerm
from search.words.tokens import SEPARATOR, phrase

FEW = 8_000  # matches that are gathered and put in order within the time of a page
FEW_BY_CHANCE = 20_000  # the same of several words: they meet less often than each stands
AT_ONCE = 30_000  # matches that are counted within the time of a page


class Guess(NamedTuple):
    """Matches at most, and matches to be expected if several words met by chance."""

    most: int
    likely: float

    @property
    def are_few(self) -> bool:
        """Whether matches are best gathered before anything else."""
        return self.likely <= (FEW if self.likely == self.most else FEW_BY_CHANCE)


def guess(terms: Sequence[SearchTerm], dialect: ModuleType) -> Guess:
    """Guess how many cases hold every one of ``terms``; without a term all cases do."""
    size = IndexedCase.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if not terms or size <= FEW:
        return Guess(size, size)
    ways = [[_tokens(word) for word in term.words] for term in terms]
    known = dialect.at_most({token for term in ways for way in term for token in way}, size)
    counts = [
        min(size, sum(min((known[token] for token in way), default=0) for way in term))
        for term in ways
    ]
    if len(counts) == 1:  # nothing to meet
        return Guess(counts[0], counts[0])
    likely = float(size)
    for count in counts:
        likely *= count / size
    return Guess(min(counts), likely)


def _tokens(text: str) -> list[str]:
    """The tokens of a word; one that may go on ends with ``*``. It stands as often as its rarest does."""
    tokens, is_prefix = phrase(text)
    last = len(tokens) - 1
    return [
        f"{token}*" if is_prefix and at == last else token
        for at, token in enumerate(tokens)
        if token != SEPARATOR
    ]

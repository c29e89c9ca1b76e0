"""Django merges all catalogues into one: a string said twice must be said the same way twice."""

from collections import defaultdict

from tests.structure.catalogue import entries
from tests.structure.tree import ROOT, files


def test_no_catalogue_overrides_the_words_of_another():
    said = defaultdict(lambda: defaultdict(set))
    for path in files():
        if path.suffix == ".po":
            for one in entries(path):
                for form, text in one.translations.items():
                    said[one.context, one.msgid, form][text].add(str(path.relative_to(ROOT)))
    clashes = {
        msgid: {text: sorted(where) for text, where in texts.items()}
        for (_context, msgid, _form), texts in said.items()
        if len(texts) > 1
    }
    assert clashes == {}, "give one of them a context (pgettext) or another English text"

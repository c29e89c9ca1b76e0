"""Published letters as documents of the public search: the checked copy, never the case's own text.

Of the case only what the copy does not hold and everybody may know: the top of its category's branch.
"""

from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from hotline.publishing.models.publication import KIND, Publication
from search.public.sources import PublicSource, PublicText

BRANCH = "case__category"  # three levels at most (``cases.models.Category``)


def live() -> QuerySet[Publication]:
    """Those on the public site."""
    return Publication.objects.published()


def texts(keys: Iterable[int]) -> list[PublicText]:
    """The public copies of the given keys, in one query; what is not public is left out."""
    top = {
        name: Coalesce(
            F(f"{BRANCH}__parent__parent__{name}"),
            F(f"{BRANCH}__parent__{name}"),
            F(f"{BRANCH}__{name}"),
        )
        for name in ("code", "name")
    }
    rows = live().filter(pk__in=list(keys)).annotate(top_code=top["code"], top_name=top["name"])
    return [
        PublicText(
            key=row.pk,
            stamp=row.revision,
            at=row.answered_at,
            title=row.title,
            body=row.letter,
            reply=row.reply,
            channel=row.channel,
            category=row.top_code or "",
            category_name=row.top_name or "",
            unit=row.unit_name,
            origin=row,
        )
        for row in rows
    ]


LETTERS = PublicSource(KIND, live, texts, "revision")

"""Guides and notices as documents of the public search; editors' acts only note that one may differ."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.rich_text import get_text_for_indexing
from wagtail.signals import page_published, page_unpublished

from hotline.site.pages.models.page import ContentPage
from search.public.sources import PublicSource, PublicText
from search.public.upkeep import note

KIND = "guide"


def live() -> QuerySet[ContentPage]:
    """Published pages that everybody may open and that say something: no folders, no drafts."""
    return ContentPage.objects.live().public().exclude(body="")


def texts(keys: Iterable[int]) -> list[PublicText]:
    """The pages of the given keys in the reader's language, the other one beside."""
    return [_text(page) for page in live().filter(pk__in=list(keys))]


def _text(page: ContentPage) -> PublicText:
    shown = (page.heading, page.text)
    said = [(page.title, page.body), (page.title_en, page.body_en)]
    others = [f"{title}\n{_plain(body)}" for title, body in said if (title, body) != shown]
    return PublicText(
        key=page.pk,
        stamp=page.live_revision_id or 0,
        at=page.last_published_at or page.first_published_at,
        title=page.heading,
        body=_plain(page.text),
        other="\n".join(others),
        origin=page,
    )


def _plain(rich: str) -> str:
    return get_text_for_indexing(rich) if rich else ""


GUIDES = PublicSource(KIND, live, texts, "live_revision_id")


def changed(instance: ContentPage, **_signal: object) -> None:
    """Note a page that was saved, published, taken back or deleted."""
    note(KIND, instance.pk)


def watch() -> None:
    """Listen to the editors; called once when the product starts."""
    for signal in (post_save, post_delete, page_published, page_unpublished):
        signal.connect(changed, sender=ContentPage, dispatch_uid="public-guides")

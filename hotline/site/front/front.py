"""What the front page shows besides its doors: last month's figures, latest replies, notices."""

from datetime import datetime

from cases.shapes import Context
from hotline.site.front.figures import last_month
from hotline.site.pages.models.page import ContentPage, MailboxPage
from hotline.site.pages.pledges import pledge
from hotline.site.search.answers import latest

REPLIES, NOTICES = 4, 4
NOTICE_FOLDER = "notices"


def front(at: datetime) -> Context:
    """Context of the front page."""
    box = MailboxPage.objects.live().filter(channel="magistrate").first()
    return {
        "now": at,
        "box": box,
        "box_intake": pledge("magistrate", "intake", at) if box else "",
        "figures": last_month(at),
        "replies": latest(REPLIES),
        "notices": notices(),
    }


def notices() -> list[ContentPage]:
    """The newest notices."""
    folder = ContentPage.objects.filter(slug=NOTICE_FOLDER, depth=3).first()
    if folder is None:
        return []
    below = ContentPage.objects.live().child_of(folder)
    return list(below.order_by("-first_published_at", "-pk")[:NOTICES])

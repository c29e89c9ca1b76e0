"""What the front page shows besides its words, read where the template asks for it."""

from django import template
from django.utils import timezone

from cases.shapes import Context
from hotline.site.front.front import front

register = template.Library()


@register.simple_tag
def front_page() -> Context:
    """Figures, latest replies, notices and the magistrate's mailbox (``hotline.site.front.front``)."""
    return front(timezone.now())

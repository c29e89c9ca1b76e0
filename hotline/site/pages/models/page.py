"""The pages an editor can write in the back office: the front page, introductions, guides, notices.

Pages with a form behind them (file, mailbox, progress, answers) hold only their words; the form itself
is a view of its channel at the same address (``hotline.urls``), and ``serve`` goes there.
"""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cases.shapes import Context
from cases.words import MAILBOXES, Channel

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "hr"]
BOXES = [(slug, Channel(slug).label) for slug in MAILBOXES]


class Spoken(models.Model):
    """Words in Chinese and, where the editor wrote them, in English."""

    title: str  # the page's own, in Chinese
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    body = RichTextField(_("text"), blank=True, features=FEATURES)
    body_en = RichTextField(_("text in English"), blank=True, features=FEATURES)

    class Meta:
        abstract = True

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def text(self) -> str:
        """The text in the reader's language, else in Chinese."""
        return self.body_en if self.speaks_english else self.body

    @property
    def text_language(self) -> str:
        """The language ``text`` is really in, for the reader's voice software."""
        return "en" if self.speaks_english else "zh-Hans"

    @property
    def speaks_english(self) -> bool:
        """Whether the reader wants English and there is some."""
        return get_language() == "en" and bool(self.body_en)


WORDS = [FieldPanel("title_en"), FieldPanel("body"), FieldPanel("body_en")]


class HomePage(Spoken, Page):  # type: ignore[django-manager-missing]  # Page has no types
    """The front page. Its text is the sentence under the office's promise."""

    content_panels = [*Page.content_panels, *WORDS]
    template = "site/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "hotline.ContentPage",
        "hotline.FilePage",
        "hotline.ProgressPage",
        "hotline.AnswersPage",
    ]

    class Meta:
        verbose_name = _("front page")


class FormPage(Spoken, Page):  # type: ignore[django-manager-missing]  # Page has no types
    """Words above a form that a channel serves at this page's address."""

    ROUTE: ClassVar[str]  # the name of the form's address

    content_panels = [*Page.content_panels, *WORDS]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """Where the channel's own form is."""
        return reverse(self.ROUTE)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Hand over to the channel: also when an editor moved the page."""
        found = resolve(self.address)
        return found.func(request, *found.args, **found.kwargs)


class FilePage(FormPage):
    """Tell us (我要反映)."""

    ROUTE = "site:file"
    max_count = 1

    class Meta:
        verbose_name = _("page “Tell us”")


class ProgressPage(FormPage):
    """Follow up (查进度)."""

    ROUTE = "site:progress"
    max_count = 1

    class Meta:
        verbose_name = _("page “Follow up”")


class AnswersPage(FormPage):
    """Published letters and replies (公开答复)."""

    ROUTE = "site:answers"
    max_count = 1

    class Meta:
        verbose_name = _("page “Published replies”")


class MailboxPage(FormPage):
    """One addressee's mailbox; the channel decides which clocks and figures its letters follow."""

    ROUTE = "site:letter"

    channel = models.CharField(_("mailbox"), max_length=12, choices=BOXES, unique=True)
    addressee = models.CharField(_("addressee"), max_length=40)
    addressee_en = models.CharField(_("addressee in English"), max_length=60, blank=True)
    content_panels = [
        *Page.content_panels,
        FieldPanel("channel"),
        FieldPanel("addressee"),
        FieldPanel("addressee_en"),
        *WORDS,
    ]
    parent_page_types = ["hotline.ContentPage"]

    class Meta:
        verbose_name = _("mailbox page")

    @property
    def to(self) -> str:
        """The addressee in the reader's language."""
        english = get_language() == "en" and self.addressee_en
        return self.addressee_en if english else self.addressee

    @property
    def address(self) -> str:
        """Where the letter form of this box is."""
        return reverse(self.ROUTE, args=[self.channel])


class ContentPage(Spoken, Page):  # type: ignore[django-manager-missing]  # Page has no types
    """A guide, a notice, or a folder of such pages."""

    content_panels = [*Page.content_panels, *WORDS]
    template = "site/content.html"
    parent_page_types = ["hotline.HomePage", "hotline.ContentPage"]
    subpage_types = ["hotline.ContentPage", "hotline.MailboxPage"]

    class Meta:
        verbose_name = _("content page")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> Context:
        """The pages under it, newest first, and the folder it lies in."""
        below = ContentPage.objects.child_of(self).live().order_by("-first_published_at", "-pk")
        above = self.get_parent().specific
        folder = above if isinstance(above, ContentPage) else None
        return super().get_context(request, *args, **kwargs) | {"below": below, "folder": folder}

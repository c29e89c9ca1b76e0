"""`manage.py make_site`: the pages of the public site, each made once and then the editors' own."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from hotline.site.pages.editors import make_group
from hotline.site.pages.first_pages import PAGES, FirstPage
from hotline.site.pages.models.page import ContentPage, HomePage
from search.public.upkeep import serve

WELCOME = "Welcome to your new Wagtail site!"


class Command(BaseCommand):
    help = (
        "Make the pages of the public site that are missing. A page that exists, also a moved or "
        "unpublished one, stays as its editors left it."
    )

    def handle(self, *, verbosity: int, **_options: object) -> None:
        with transaction.atomic():
            home = self._home()
            made = sum(self._make(home, page) for page in PAGES)
            make_group()
        serve()  # the pages are found from the start, also before a worker runs
        if verbosity:
            site = _("Public site")
            said = ngettext("%(n)d page made", "%(n)d pages made", made) % {"n": made}
            self.stdout.write(f"{site}: {said}")

    def _home(self) -> HomePage:
        home = HomePage.objects.first()
        if home is None:
            root = Page.get_first_root_node() or self._root()
            home = HomePage(
                title=settings.OFFICE_NAME, title_en=settings.OFFICE_NAME_EN, slug="front"
            )
            root.add_child(instance=home)
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        if site.root_page_id != home.pk:
            site.root_page, site.hostname = home, site.hostname or "localhost"
            site.site_name = settings.OFFICE_NAME
            site.save()
        for page in Page.objects.filter(depth=2, title=WELCOME, numchild=0):
            page.delete()
        return home

    def _root(self) -> Page:
        """The root the library's first migration makes, in a database that was emptied since."""
        Locale.objects.get_or_create(
            language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
        )
        return Page.add_root(instance=Page(title="Root", slug="root"))

    def _make(self, home: HomePage, first: FirstPage) -> bool:
        parent: Page = home
        if first.folder:
            parent = ContentPage.objects.get(slug=first.folder, depth=3)
        if first.is_made(parent):
            return False
        parent.add_child(instance=first.page())
        return True

"""Protect whoever complained before there were the rules for it, and say what a person has to settle."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.lifecycle import protecting

EVERY = 500


class Command(BaseCommand):
    help = "Make reports of wrongdoing secret, ask whom they are about, take their files out of the search."

    def handle(self, **_options: object) -> None:
        whole = sum(
            part.count()
            for part in (protecting.weak(), protecting.unasked(), protecting.telling_files())
        )
        done = 0
        for done in protecting.protect(timezone.now()):
            if done % EVERY == 0:
                self.stdout.write(f"{done} / {whole}")
        said = ngettext("%(n)d case protected.", "%(n)d cases protected.", done)
        self.stdout.write(said % {"n": done})
        left = protecting.still_open()
        if not left:
            return
        self.stdout.write(_("Settle whom these are about (on the page of each case):"))
        for one in left:
            self.stdout.write(" ".join(filter(None, (one.number, one.state, one.unit))))

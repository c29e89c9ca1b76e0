"""What the page says of the backups by the clock."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cases.shapes import Context
from hotline.desk.admin.system.state import StateWord, bad, ok, soon


def read(at: datetime) -> Context:
    """How the backups are; whoever makes them is named by a setting: he stands above this app."""
    told = import_string(settings.BACKUP_STATE)(at)
    return {"backup": told, "backup_word": _word(told.word)}


def _word(slug: str) -> StateWord:
    return {
        "off": soon(_("Not set up")),
        "none": soon(_("None yet")),
        "ok": ok(_("Up to date")),
        "old": bad(_("The last one is too old")),
        "failed": bad(_("The last try failed")),
    }[slug]

"""The models of the desks, channels and the public site, each kept in the room of its subject."""

from hotline.channels.web.models.filing import Filing, FilingFile
from hotline.desk.calls.models.draft import Draft
from hotline.desk.casepage.task.models.task_draft import TaskDraft
from hotline.publishing.models.publication import Publication
from hotline.site.pages.models.page import (
    AnswersPage,
    ContentPage,
    FilePage,
    HomePage,
    MailboxPage,
    ProgressPage,
)

__all__ = [
    "AnswersPage",
    "ContentPage",
    "Draft",
    "FilePage",
    "Filing",
    "FilingFile",
    "HomePage",
    "MailboxPage",
    "ProgressPage",
    "Publication",
    "TaskDraft",
]

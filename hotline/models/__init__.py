"""The models of the desks, channels and the public site, one file a subject."""

from hotline.models.draft import Draft
from hotline.models.filing import Filing, FilingFile
from hotline.models.task_draft import TaskDraft
from hotline.publishing.models.publication import Publication
from hotline.site.pages import (
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

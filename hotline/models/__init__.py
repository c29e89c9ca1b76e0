"""The models of the desks and channels, one file a subject."""

from hotline.models.draft import Draft
from hotline.models.task_draft import TaskDraft

__all__ = ["Draft", "TaskDraft"]

"""The models of the desks and channels, one file a subject."""

from hotline.models.task_draft import TaskDraft

__all__ = ["TaskDraft"]

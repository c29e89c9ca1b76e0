"""What is said of the rows that a step took along, where their own events are read."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "task_given": (_("%(unit)s was given a task"), ""),
    "task_begun": (_("The work of %(unit)s has begun"), ""),
    "task_done": (_("The task of %(unit)s is done"), ""),
    "task_format_returned": (_("%(unit)s has to complete its reply"), ""),
    "task_reworked": (_("The task of %(unit)s is superseded by a rework"), ""),
    "task_returned": (_("%(unit)s gave its task back"), ""),
    "task_recalled": (_("The task of %(unit)s was taken back"), ""),
    "request_lapsed": (_("What %(unit)s asked for needs no decision any more"), ""),
}

"""What a person would read of an office, and what stands sealed in it."""

from django.core.management import call_command

from cases.events.books import all_faults
from cases.integrity import resealing
from cases.models import Case, Petitioner
from hotline.models import Draft, Filing

PEOPLE = [
    ("王桂芬", "13807316217"),
    ("李四海", "13873119042"),
    ("买买提·艾力", ""),
    ("", "5551234"),
]


def told():
    """Everything sealed, in clear."""
    return (
        [(one.name, one.phone) for one in Petitioner.objects.order_by("pk")],
        [case.query_code for case in Case.objects.order_by("pk")],
        [draft.fields for draft in Draft.objects.all()],
        [filing.fields for filing in Filing.objects.all()],
    )


def tokens():
    return [
        getattr(row, column)
        for model in resealing.sealing_models()
        for row in model.objects.all()
        for column in model.SEALED
        if getattr(row, column)
    ]


def rotate(*words, grace=0):
    call_command("rotate_keys", *words, grace=grace, wait=not grace)


def faults():
    return [f"{what}: {fault}" for what, fault in all_faults() if fault]

"""The product's verbs behind the thinnest view, for the ratio of verb to floor."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cases.lifecycle.registering import IntakeData
from cases.models import Assignment, Category
from cases.people.person import CITIZEN, SYSTEM
from hotline import intake


@csrf_exempt
def create(request: HttpRequest) -> HttpResponse:
    """Register one matter through the one intake."""
    now = timezone.now()
    data = IntakeData(
        channel="web",
        title="人民路路灯不亮",
        content=request.POST["content"],
        contact_at=now,
        category=Category.objects.first(),
        name="王桂芬",
        phone="13807316217",
        address="人民路",
    )
    case = intake.take_in(data, key=request.POST["key"], by=CITIZEN, at=now)
    return HttpResponse(case.number, status=201)


@csrf_exempt
def transition(_request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one task."""
    Assignment.objects.get(pk=pk).sign(by=SYSTEM, at=timezone.now())
    return HttpResponse(status=204)

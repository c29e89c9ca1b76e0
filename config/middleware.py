"""Turn refusals of the domain into answers a person can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.errors import IllegalStep


def refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Answer an illegal or lost step with 409 and one sentence; everything else passes."""

    class Refusals:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if isinstance(error, IllegalStep):
                return render(request, "409.html", {"sentence": str(error)}, status=409)
            return None

    return Refusals()

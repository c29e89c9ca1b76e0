"""What every page knows: the office's name and the entries of the bar for this person."""

from typing import Any

from django.http import HttpRequest


def office(_request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``office_name`` for the brand."""
    return {"office_name": "青溪县热线"}

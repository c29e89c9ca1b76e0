"""Every address the product answers, as the resolver knows it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

CMS = "cms/"


def addresses() -> list[tuple[str, str, URLPattern]]:
    """``(name with namespaces, route, pattern)`` of every pattern, included ones too."""
    return list(_walk(get_resolver(), (), ""))


def own() -> list[str]:
    """Names outside the editors' interface, whose own map is Wagtail's (``test_cms``)."""
    return [name for name, route, _ in addresses() if not route.startswith(CMS)]


def _walk(
    resolver: URLResolver, spaces: tuple[str, ...], before: str
) -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, route)
        else:
            yield ":".join([*spaces, entry.name or ""]), route, entry

"""Where a request comes from, as far as counting tries needs it."""

import ipaddress

from django.http import HttpRequest


def peer_address(request: HttpRequest) -> str:
    """The peer's address; of an IPv6 one the network, because one person has all of it."""
    raw: str = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return raw
    if address.version == 6:  # noqa: PLR2004
        return str(ipaddress.ip_network(f"{raw}/64", strict=False))
    return raw

"""Let browsers and proxies keep a public page that is the same for everybody."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")


def kept_for(seconds: int, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Mark ``answer`` public for ``seconds`` with an ETag; 304 when the asker has just this.

    The cookie chooses the language, so the answer varies by it. Who is signed in may be shown a message
    of their own: their page is kept by nobody. The page must hold no token and no nonce.
    """
    patch_vary_headers(answer, ["Cookie"])
    if any(name in request.COOKIES for name in PERSONAL):
        patch_cache_control(answer, private=True, no_cache=True)
        return answer
    patch_cache_control(answer, public=True, max_age=seconds)
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=answer)
    return answer if found is None else found

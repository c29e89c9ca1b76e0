"""What a report of an error never lists: passwords, addresses of servers, what a citizen said."""

import re
from collections.abc import ItemsView
from types import FrameType

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class Covered(SafeExceptionReporterFilter):
    """Cover addresses beside what Django covers by name, and all that was sent or held in variables.

    Variables are shown where the office is being built (DEBUG=1), on the page alone.
    """

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|URLS?$", flags=re.IGNORECASE
    )

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, object]:
        """The names of what was sent, without what it said."""
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, object]:
        """No variables: they hold names and numbers."""
        if not settings.DEBUG:
            return {}.items()
        return super().get_traceback_frame_variables(request, tb_frame)

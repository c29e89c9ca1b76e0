"""What a page of errors (DEBUG=1) never lists: passwords stand in addresses of servers too."""

import re

from django.views.debug import SafeExceptionReporterFilter


class Covered(SafeExceptionReporterFilter):
    """Cover addresses beside what Django covers by name."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|URLS?$", flags=re.IGNORECASE
    )

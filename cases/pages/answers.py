"""How a desk answers a form: elsewhere after success, the same page with what was typed after not."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: the act is done, look there. A reload of that page repeats nothing."""

    status_code = 303

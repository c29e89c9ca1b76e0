"""How a desk answers a form: elsewhere after success, so that a reload repeats nothing."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: the act is done, look there."""

    status_code = 303

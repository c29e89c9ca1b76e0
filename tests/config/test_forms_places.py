"""An address that only takes forms leads a browser to the page it belongs to."""

import pytest
from django.urls import reverse

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    ("name", "args", "to"),
    [
        ("desk:case_respondent", ["43032926112301000010"], "/desk/cases/43032926112301000010/"),
        ("routing:respondent", ["43032926112301000010"], "/desk/dispatch/"),
        ("satisfaction:callback_attempts", ["43032926112301000010"], "/desk/callbacks/"),
    ],
)
def test_a_refused_form_leads_to_its_page(client, cast, name, args, to):
    """Whoever changed the language on it, or logged in again, read a bare 405."""
    client.force_login(cast.supervisor, backend="cases.people.signed_in.StaffBackend")
    answer = client.get(reverse(name, args=args), headers=PAGE)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(to)


@pytest.mark.django_db
def test_what_is_no_page_is_refused_as_before(client):
    url = reverse("desk:case_respondent", args=["43032926112301000010"])
    assert client.get(url).status_code == 405
    assert client.put(reverse("site:progress"), headers=PAGE).status_code == 405

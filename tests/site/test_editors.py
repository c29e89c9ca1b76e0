"""The system administrator edits the public site, and loses that with the role."""

from django.urls import reverse

from cases.models import UserRole
from hotline.models import ContentPage


def test_the_system_administrator_edits_a_page(pages, client):
    client.force_login(pages.sysadmin, backend="cases.people.signed_in.StaffBackend")
    assert client.get("/cms/").status_code == 200
    page = ContentPage.objects.first()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailusers_users:index")).status_code == 302
    UserRole.objects.get(user=pages.sysadmin).delete()
    assert client.get("/cms/").status_code == 404


def test_a_supervisor_does_not(pages, client):
    client.force_login(pages.supervisor, backend="cases.people.signed_in.StaffBackend")
    assert client.get("/cms/").status_code == 404

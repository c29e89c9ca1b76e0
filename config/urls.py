"""Every address of the product, app by app."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cases.access import staff_view
from config.health import health
from config.login import StaffLogin

# One log-in for everybody: the editors' own one and their mailed passwords are closed with the rest.
EDITORS = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, staff_view("reference.edit"))

urlpatterns = [
    path("login/", StaffLogin.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("health/", health, name="health"),
    path("desk/", include("hotline.desk.urls")),
    path("desk/", include("satisfaction.urls")),
    path("desk/", include("routing.urls")),
    path("cms/", include(EDITORS)),
    path("", include("hotline.site.urls")),
    path("", include(wagtail_urls)),
]

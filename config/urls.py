"""Every address of the product, app by app."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cases.pages.access import staff_view
from config.health import alive, health, ready
from config.login import StaffLogin

# One log-in for everybody: the editors' own one and their mailed passwords are closed with the rest.
EDITORS = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, staff_view("reference.edit"))

handler500 = "config.outage.server_error"
urlpatterns = [
    path("login/", StaffLogin.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    # No token: a page with one cannot be kept by a cache, and all a forged post could do is English.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("health/", health, name="health"),
    path("health/alive/", alive, name="health_alive"),
    path("health/ready/", ready, name="health_ready"),
    path("desk/", include("hotline.desk.urls")),
    path("desk/", include("satisfaction.urls")),
    path("desk/", include("routing.urls")),
    path("cms/", include(EDITORS)),
    path("", include("hotline.urls")),
    path("", include(wagtail_urls)),
]

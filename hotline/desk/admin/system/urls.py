"""Addresses of the state of the system."""

from django.urls import path

from hotline.desk.admin.system import views

urlpatterns = [
    path("system/", views.system, name="system"),
    path("system/index-checks/", views.check, name="index_checks"),
    path("system/index-repairs/", views.repair, name="index_repairs"),
    path("system/index-rebuilds/", views.rebuild, name="index_rebuilds"),
    path("system/duty-releases/", views.release, name="duty_releases"),
]

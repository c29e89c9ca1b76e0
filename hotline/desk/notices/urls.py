"""Notices and marking them read."""

from django.urls import path

from hotline.desk.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/readings/", views.read, name="notice_readings"),
]

"""Audit: what was done to accounts and who saw what."""

from django.urls import path

from hotline.desk.admin.audit import views

urlpatterns = [path("audit/", views.audit, name="audit")]

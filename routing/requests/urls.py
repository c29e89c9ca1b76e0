"""Addresses of the decisions on requests."""

from django.urls import path

from routing.requests import views

urlpatterns = [
    path("requests/", views.waiting, name="requests"),
    path("requests/<int:pk>/decision/", views.decision, name="decision"),
]

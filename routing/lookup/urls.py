"""Addresses of the catalogue and the rules."""

from django.urls import path

from routing.lookup import views

urlpatterns = [path("catalogue/", views.catalogue, name="catalogue")]

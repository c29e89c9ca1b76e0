"""Addresses of the search."""

from django.urls import path

from hotline.desk.search import views

urlpatterns = [path("search/", views.search, name="search")]

"""Addresses of this screen."""

urlpatterns: list = []

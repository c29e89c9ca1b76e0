"""Addresses of the figures."""

from django.urls import path

from satisfaction.statistics import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/export/<slug:kind>/", views.figures_export, name="figures_export"),
    path("figures/<slug:metric>/cases/", views.figure_cases, name="figure_cases"),
]

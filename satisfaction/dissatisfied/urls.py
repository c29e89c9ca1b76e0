"""Addresses of the desk for dissatisfied citizens."""

from django.urls import path

from satisfaction.dissatisfied import views

urlpatterns = [
    path("dissatisfied/", views.dissatisfied, name="dissatisfied"),
    path("dissatisfied/<slug:number>/decision/", views.decision, name="dissatisfied_decision"),
]

"""Addresses of the call-back desk."""

from django.urls import path

from satisfaction.calling import views

urlpatterns = [
    path("callbacks/", views.callbacks, name="callbacks"),
    path("callbacks/<slug:number>/attempts/", views.attempts, name="callback_attempts"),
    path("callbacks/<slug:number>/phone/", views.phone, name="callback_phone"),
    path("callbacks/<slug:number>/closing/", views.without_phone, name="callback_closing"),
]

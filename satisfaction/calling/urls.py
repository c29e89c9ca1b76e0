"""Addresses of the call-back desk."""

from django.urls import path

from satisfaction.calling import relays, views

urlpatterns = [
    path("callbacks/", views.callbacks, name="callbacks"),
    path("callbacks/<slug:number>/attempts/", views.attempts, name="callback_attempts"),
    path("callbacks/<slug:number>/phone/", views.phone, name="callback_phone"),
    path("callbacks/<slug:number>/closing/", views.without_phone, name="callback_closing"),
    path("relays/", relays.relays, name="relays"),
    path("relays/<int:pk>/answer/", relays.answer, name="relay_answer"),
    path("relays/<int:pk>/phone/", relays.phone, name="relay_phone"),
]

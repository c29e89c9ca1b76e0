"""Addresses of the mailboxes."""

from django.urls import path

from hotline.channels.mailbox import views

urlpatterns = [
    path("mailbox/", views.mailboxes, name="mailboxes"),
    path("mailbox/<slug:channel>/", views.letter, name="letter"),
]

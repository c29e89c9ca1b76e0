"""The leader's list."""

from django.urls import path

from hotline.desk.signoff import views

urlpatterns = [path("signoff/", views.signoff, name="signoff")]

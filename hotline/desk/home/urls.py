"""Where everybody arrives."""

from django.urls import path

from hotline.desk.home import views

urlpatterns = [path("", views.home, name="home")]

"""Addresses of the dispatcher's desk."""

from django.urls import path

from routing.desk import views

urlpatterns = [
    path("dispatch/", views.desk, name="dispatch"),
    path("dispatch/assignments/", views.assignments, name="assignments"),
    path("dispatch/<str:number>/assignment/", views.assignment, name="assignment"),
    path("dispatch/<str:number>/class/", views.classification, name="class"),
    path("dispatch/<str:number>/advice/", views.advice, name="advice"),
    path("dispatch/<str:number>/respondent/", views.respondent, name="respondent"),
    path("dispatch/<str:number>/rejection/", views.rejection, name="rejection"),
    path("dispatch/<str:number>/transfer/", views.transfer, name="transfer"),
]

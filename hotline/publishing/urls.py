"""Addresses of the publication desk."""

from django.urls import path

from hotline.publishing import views

urlpatterns = [
    path("publication/", views.desk, name="publication"),
    path("publication/cases/<str:number>/", views.prepare, name="publication_draft"),
    path("publication/<int:number>/", views.copy, name="publication_copy"),
    path("publication/<int:number>/approval/", views.approval, name="publication_approval"),
    path("publication/<int:number>/withdrawal/", views.withdrawal, name="publication_withdrawal"),
]

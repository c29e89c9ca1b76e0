"""Addresses of the public form and of the progress page."""

from django.urls import path

from hotline.channels.forms.receipt import receipt
from hotline.channels.web import acts, progress, rating, views

urlpatterns = [
    path("file/", views.begin, name="file"),
    path("file/<str:token>/kind/", views.kind, name="file_kind"),
    path("file/<str:token>/matter/", views.matter, name="file_matter"),
    path("file/<str:token>/contact/", views.contact, name="file_contact"),
    path("receipts/<str:number>/", receipt, name="receipt"),
    path("progress/", progress.look_up, name="progress"),
    path("progress/<str:number>/", progress.show, name="progress_case"),
    path("progress/<str:number>/supplements/", acts.supplement, name="supplement"),
    path("progress/<str:number>/urges/", acts.urge, name="urge"),
    path("progress/<str:number>/rating/", rating.rating, name="rating"),
]

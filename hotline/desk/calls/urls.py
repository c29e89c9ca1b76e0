"""Addresses of the operator's screen."""

from django.urls import path

from hotline.desk.calls import drafts, urging, views

urlpatterns = [
    path("calls/", views.operator, name="operator"),
    path("calls/advice/", views.advice, name="advice"),
    path("calls/<str:number>/receipt/", views.receipt, name="receipt"),
    path("cases/<str:number>/urges/", urging.urge, name="urge"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<str:token>/discard/", drafts.discard, name="discard_draft"),
]

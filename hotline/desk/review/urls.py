"""The review desk and its three acts."""

from django.urls import path

from hotline.desk.review import views

urlpatterns = [
    path("review/", views.review, name="review"),
    path("review/<str:number>/approval/", views.approve, name="review_approval"),
    path("review/<str:number>/format-return/", views.return_format, name="review_format_return"),
    path("review/<str:number>/rework/", views.rework, name="review_rework"),
]

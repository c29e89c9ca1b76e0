"""The desk of reply review and its three acts."""

from django.urls import path

from hotline.desk.replyreview import views

urlpatterns = [
    path("review/", views.reply_review, name="reply_review"),
    path("review/<str:number>/approval/", views.approve, name="reply_review_approval"),
    path(
        "review/<str:number>/format-return/", views.return_format, name="reply_review_format_return"
    ),
    path("review/<str:number>/rework/", views.rework, name="reply_review_rework"),
]

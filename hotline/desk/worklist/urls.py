"""The unit's list, its sheet for Excel, and signing from it."""

from django.urls import path

from hotline.desk.worklist import signing, views

urlpatterns = [
    path("tasks/", views.worklist, name="worklist"),
    path("tasks/sheet/", views.sheet, name="worklist_sheet"),
    path("tasks/signatures/", signing.sign_many, name="task_signatures"),
    path("tasks/<int:pk>/signature/", signing.sign, name="task_signature"),
]

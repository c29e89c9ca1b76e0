"""Settings: the accounts of the staff."""

from django.urls import path

from hotline.desk.admin.accounts import views

urlpatterns = [
    path("settings/", views.accounts, name="settings"),
    path("settings/accounts/", views.opened, name="accounts"),
    path("settings/accounts/<int:pk>/", views.account, name="account"),
    path("settings/accounts/<int:pk>/changes/", views.changed, name="account_changes"),
]

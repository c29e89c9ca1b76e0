"""Addresses of the search, of saved searches and of exports."""

from django.urls import path

from hotline.desk.search import exports, saved, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("searches/", saved.searches, name="saved_searches"),
    path("searches/<int:pk>/", saved.saved_search, name="saved_search"),
    path("searches/<int:pk>/changes/", saved.changes, name="saved_search_changes"),
    path("searches/<int:pk>/deletion/", saved.deletion, name="saved_search_deletion"),
    path("searches/<int:pk>/subscription/", saved.subscription, name="subscription"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.new, name="export_new"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("exports/<int:pk>/decision/", exports.decision, name="export_decision"),
    path("exports/<int:pk>/file/", exports.file, name="export_file"),
]

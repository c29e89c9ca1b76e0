"""Addresses of the synonym sets."""

from django.urls import path

from hotline.desk.admin.synonyms import views

urlpatterns = [
    path("search/synonyms/", views.synonyms, name="synonyms"),
    path("search/synonyms/sets/", views.added, name="synonym_sets"),
    path("search/synonyms/<int:pk>/", views.synonym_set, name="synonym_set"),
    path("search/synonyms/<int:pk>/changes/", views.changed, name="synonym_changes"),
    path("search/synonyms/<int:pk>/retirement/", views.retired, name="synonym_retirement"),
    path("search/synonyms/<int:pk>/restoration/", views.restored, name="synonym_restoration"),
]

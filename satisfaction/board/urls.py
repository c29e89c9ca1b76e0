"""Addresses of the board."""

from django.urls import path

from satisfaction.board import views

urlpatterns = [path("board/", views.board, name="board")]

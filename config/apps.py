"""Composition root as an app: it holds base templates, static files and the words of both."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Make ``config``'s templates, static files and commands known to Django."""

    name = "config"

    def ready(self) -> None:
        """Have every start ask whether the keys fit."""
        from config import keys  # noqa: F401, PLC0415 - it needs the models

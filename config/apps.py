"""Composition root as an app: it holds base templates, static files and the words of both."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Make ``config``'s templates, static files and commands known to Django."""

    name = "config"

    def ready(self) -> None:
        """Have every start ask whether the keys fit, and every request for connections that can write."""
        from config import keys, stuck  # noqa: F401, PLC0415 - they need models and settings

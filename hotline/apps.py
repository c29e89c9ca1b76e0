"""The app that faces people and other systems: desks, channels, the public site."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """Registers the consumers of events when the product starts."""

    name = "hotline"

    def ready(self) -> None:
        """Import the modules that register consumers of the outbox."""
        from hotline import notices  # noqa: F401, PLC0415

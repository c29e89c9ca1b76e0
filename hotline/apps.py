"""The app that faces people and other systems: desks, channels, the public site."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """Registers the consumers of events when the product starts."""

    name = "hotline"

    def ready(self) -> None:
        """Register the consumers of the outbox and what is searched in public."""
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415

        from cases.models import UserRole  # noqa: PLC0415
        from hotline.desk.notices import telling  # noqa: F401, PLC0415
        from hotline.publishing.public_letters import LETTERS  # noqa: PLC0415
        from hotline.site.pages import public_guides  # noqa: PLC0415
        from hotline.site.pages.editors import follow_role  # noqa: PLC0415
        from search.public import sources  # noqa: PLC0415

        post_save.connect(follow_role, sender=UserRole, dispatch_uid="editors")
        post_delete.connect(follow_role, sender=UserRole, dispatch_uid="editors")
        sources.register(LETTERS)
        sources.register(public_guides.GUIDES)
        public_guides.watch()

"""Who edits the public site: the system administrator, by membership in one Wagtail group.

Wagtail gives page rights to groups. The group may enter the back office and add, change and publish pages
below the front page, images and documents; it has no right over accounts or groups, which are ``cases``' own.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cases.words import Role

if TYPE_CHECKING:
    from cases.models import UserRole

NAME = "Site editors"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
FILE_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document")


def make_group() -> Group:
    """The group with its rights, made once; its members are the system administrators."""
    group, _made = Group.objects.get_or_create(name=NAME)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = Page.get_first_root_node()
    for right in Permission.objects.filter(codename__in=PAGE_RIGHTS, content_type__model="page"):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    files = Collection.get_first_root_node()
    if files:
        for right in Permission.objects.filter(codename__in=FILE_RIGHTS):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=files, permission=right
            )
    from cases.models import User  # noqa: PLC0415 - imported when the apps are ready

    group.user_set.set(User.objects.filter(role_rows__role=Role.SYSTEM_ADMIN))
    return group


def follow_role(instance: "UserRole", **_signal: object) -> None:
    """Keep the membership in step with the role (receiver of ``UserRole`` saved and deleted)."""
    if instance.role != Role.SYSTEM_ADMIN:
        return
    group = Group.objects.filter(name=NAME).first()
    if group is None:  # an office without its site yet: ``make_site`` takes everybody in
        return
    if instance.user.role_rows.filter(role=Role.SYSTEM_ADMIN).exists():
        group.user_set.add(instance.user)
    else:
        group.user_set.remove(instance.user)

#!/usr/bin/env python
"""Command line of the product: `manage.py help` lists every command."""

import os
import sys


def main() -> None:
    """Hand the command line to Django; a process of a supervisor ends with it from its first moment on."""
    if sys.argv[1:2] == [
        "restore"
    ]:  # fills an empty place: keys and folders must not be made in it
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.restoring"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if parent := os.environ.get("HOTLINE_PARENT"):
        from config.family.bond import end_with

        end_with(int(parent))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

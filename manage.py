#!/usr/bin/env python
"""Command line of the product: `manage.py help` lists every command."""

import os
import sys

if __name__ == "__main__":
    if sys.argv[1:2] == [
        "restore"
    ]:  # fills an empty place: keys and folders must not be made in it
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.restoring"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

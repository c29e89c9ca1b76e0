#!/usr/bin/env python
"""Run the product and its commands."""

import os
import sys


def main() -> None:
    """Hand the command line to Django; a process of a supervisor ends with it from its first moment on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if parent := os.environ.get("HOTLINE_PARENT"):
        from config.family.bond import end_with

        end_with(int(parent))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

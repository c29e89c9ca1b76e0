"""Mappings that are passed on as they are: what an event tells, what a template is given."""

from typing import Any

Payload = dict[str, Any]  # goes into a JSON column: str, int, float, bool, None, lists and mappings
Context = dict[str, Any]  # a template reads it by name

"""``{% combobox form.category options %}``: one out of many, found by typing; without script a plain select.

``{% suggestions "units" units %}`` and ``data_suggests="units"`` on a text field: the same list beside a
field in which more than a choice may stand. Both are brought to life by ``combobox.js``.
"""

from collections.abc import Iterable
from dataclasses import asdict
from html import escape

from django import template
from django.forms import BoundField
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from cases.reference.options import ListOption
from cases.shapes import Context

register = template.Library()


@register.inclusion_tag("parts/combobox.html")
def combobox(
    bound: BoundField,
    options: Iterable[ListOption],
    hint: str = "",
    *,
    proposed: str = "",
    **attrs: str,
) -> Context:
    """Show a field of one choice; ``proposed`` is chosen where nothing stands in it yet.

    Further words become attributes of the select; write ``data_key`` for ``data-key``, which is printed.
    What stands in the field and is no option stays, so that nothing typed is lost.
    """
    chosen = str(bound.value() or "")
    return {
        "field": bound,
        "must": bound.field.required,
        "hint": hint,
        "key": attrs.get("data_key", ""),
        "attrs": {name.replace("_", "-"): value for name, value in attrs.items()},
        "proposed": proposed,
        "is_proposed": bool(proposed and not chosen),
        "options": _options(options, chosen or proposed),
    }


def _options(options: Iterable[ListOption], chosen: str) -> SafeString:
    """The options as HTML, escaped by hand: there are hundreds on a page."""
    rows, is_found = [], not chosen
    for one in options:
        is_chosen = one.label == chosen and not is_found
        is_found = is_found or is_chosen
        more = f' data-more="{escape(one.more)}"' if one.more else ""
        rows.append(
            f'<option value="{escape(one.label)}" data-keys="{escape(one.keys)}"{more}'
            f"{' selected' if is_chosen else ''}>{escape(one.label)}</option>"
        )
    if not is_found:
        rows.append(f'<option value="{escape(chosen)}" selected>{escape(chosen)}</option>')
    return mark_safe("".join(rows))


@register.simple_tag
def suggestions(name: str, options: Iterable[ListOption]) -> SafeString:
    """Write the list that fields with ``data-suggests="name"`` offer."""
    return json_script([asdict(one) for one in options], f"suggests-{name}")

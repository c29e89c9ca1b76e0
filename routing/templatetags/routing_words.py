"""``{% field_input form.x placeholder="…" %}``: an input alone, where the label stands elsewhere."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def field_input(bound: BoundField, **attrs: str) -> SafeString:
    """Draw the input of a field; ``data_key`` is written ``data-key``."""
    shown = {name.replace("_", "-"): value for name, value in attrs.items()}
    return bound.as_widget(attrs={"class": "input", **shown})

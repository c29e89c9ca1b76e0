"""What may be chosen in a form, when that depends on the case it is for."""

from django import forms


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Let one of these be chosen in the field; ``TypeError`` for a field that is no choice."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = choices

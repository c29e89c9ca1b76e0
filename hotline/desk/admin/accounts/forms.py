"""One account as the administrator fills it in."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.models import Unit, User
from cases.words import Role


class AccountForm(forms.ModelForm):
    """Who, where, which roles; a password for a new account or one to replace a forgotten one."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        required=False,
        queryset=Unit.objects.filter(is_active=True).order_by("name"),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role, widget=forms.CheckboxSelectMultiple, required=False
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. Left empty, the present one stays."),
    )

    class Meta:
        model = User
        fields = ("username", "name", "staff_number", "unit", "is_active")
        labels = {
            "username": _("Login name"),
            "name": _("Name"),
            "is_active": _("May log in"),
        }
        help_texts = {"username": "", "is_active": ""}

    def __init__(self, data: QueryDict | None = None, *, instance: User | None = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["name"].required = True
        if self.instance.pk:
            self.initial["roles"] = [row.role for row in self.instance.role_rows.all()]
        else:
            self.fields["password"].required = True
            self.fields["password"].help_text = _("At least ten characters; tell it in person.")

    def clean_password(self) -> str:
        """Judge a new password by the office's rules."""
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password

    def refuse(self, sentence: str) -> None:
        """Show what the verb refused above the form."""
        self.add_error(None, ValidationError(sentence))

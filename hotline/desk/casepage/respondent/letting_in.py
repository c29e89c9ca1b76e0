"""The form by which a second person lets a unit in again that was settled as complained about."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from cases.models import Case, User
from hotline.desk.casepage.offering import offer


class WithdrawForm(forms.Form):
    """Which unit, and why; offered are those that somebody else settled."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Unit complained about"), choices=(), widget=forms.RadioSelect
    )
    note = forms.CharField(label=gettext_lazy("Why it is not complained about"), max_length=300)

    def __init__(self, data: QueryDict | None = None, *, case: Case, user: User) -> None:
        super().__init__(data)
        self.rows = {row.unit.code: row for row in case.accused if row.named_by_id != user.pk}
        offer(self, "unit", [(code, str(row.unit)) for code, row in self.rows.items()])
        if len(self.rows) == 1:
            self.fields["unit"].initial = next(iter(self.rows))


def form_for(user: User, case: Case, verbs: frozenset[str]) -> WithdrawForm | None:
    """The form, for a supervisor who finds a unit to let in again."""
    if not (case.accused and "withdraw_respondent" in verbs):
        return None
    form = WithdrawForm(case=case, user=user)
    return form if form.rows else None

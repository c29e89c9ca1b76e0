from datetime import date

import pytest

from cases.models import DeadlinePolicy
from cases.reference.policy_loading import FIRST_DAY, POLICY_FILE, LoadedPolicies, load_policies

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
SHIPPED = len(POLICY_FILE.read_text("utf-8").splitlines()) - 1


def copy_with(tmp_path, old, new):
    text = POLICY_FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "policies.csv"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_policies_are_loaded_once():
    assert load_policies(DAY) == LoadedPolicies(SHIPPED, 0, 0)
    assert load_policies(DAY) == LoadedPolicies(0, 0, SHIPPED)
    assert set(DeadlinePolicy.objects.values_list("version", "valid_from")) == {(1, FIRST_DAY)}


def test_a_changed_row_becomes_a_new_version(tmp_path):
    load_policies(DAY)
    before = DeadlinePolicy.objects.filter(code="mayor").values().get()
    changed = copy_with(tmp_path, "mayor,mayor,,,,,1wd,4wh", "mayor,mayor,,,,,1wd,2wh")
    assert load_policies(DAY, changed) == LoadedPolicies(0, 1, SHIPPED - 1)
    assert load_policies(DAY, changed) == LoadedPolicies(0, 0, SHIPPED)
    first, second = DeadlinePolicy.objects.filter(code="mayor").order_by("version")
    assert DeadlinePolicy.objects.filter(pk=first.pk).values().get() == before
    assert (second.version, second.valid_from, second.terms["dispatch"]) == (2, DAY, "2wh")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("default,,,,,,1wd", "default,,,,,,soon", "line 2: .*intake.*“soon” is not a term"),
        ("\nconsult,", "\ndefault,", "line 3: default is there twice"),
        (",sign,", ",signed,", "line 2: 'sign'"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_loaded(tmp_path, old, new, told):
    with pytest.raises(ValueError, match=told):
        load_policies(DAY, copy_with(tmp_path, old, new))
    assert not DeadlinePolicy.objects.exists()

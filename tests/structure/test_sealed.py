"""Every sealed column is known to the change of keys, and bound to something no other row has."""

import re

from django.apps import apps

from cases.privacy.sealing import Sealing, columns_for, sealing_models
from tests.structure.tree import ours


def sealed_fields():
    return {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name.endswith("_sealed")
    }


def test_every_sealed_column_is_gone_through_when_keys_change():
    known = {(model, column) for model in sealing_models() for column in model.SEALED}
    assert sealed_fields() == known
    assert len(known) >= 5


def test_each_is_bound_to_what_it_is_and_to_a_unique_column():
    places = [place for model in sealing_models() for place in model.SEALED.values()]
    heads = [place.partition(":")[0] for place in places]
    assert len(set(heads)) == len(heads)
    for model in sealing_models():
        for place in model.SEALED.values():
            names = [
                model._meta.pk.name if n == "pk" else n for n in re.findall(r"row\.(\w+)", place)
            ]
            assert any(model._meta.get_field(name).unique for name in names), (model, place)
            assert all(model._meta.get_field(name) for name in names)
        assert columns_for(model) > set(model.SEALED)


def test_no_model_seals_by_another_way():
    callers = {
        path.name for path in ours() if re.search(r"import .*\b(un)?seal\b", path.read_text())
    }
    assert callers == {"sealing.py", "resealing.py", "progress.py", "private.py"}
    assert all(issubclass(model, Sealing) for model in sealing_models())

"""Every management command of ours says in plain words what it does."""

import pytest
from django.core.management import get_commands, load_command_class

from tests.structure.tree import APPS

OURS = sorted((app, name) for name, app in get_commands().items() if str(app).split(".")[0] in APPS)


def test_there_are_commands():
    assert ("config", "run") in {(str(app).split(".")[0], name) for app, name in OURS}


@pytest.mark.parametrize(("app", "name"), OURS)
def test_a_command_has_help(app, name):
    command = load_command_class(app, name)
    assert len(command.help.split()) >= 4
    parser = command.create_parser("manage.py", name)
    own = [a for a in parser._actions if a.help is None]
    assert own == [], f"{name}: {[a.dest for a in own]} say nothing"

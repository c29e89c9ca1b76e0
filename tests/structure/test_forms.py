"""What views do after a form, in one dialect: 303 to what was done, and one place that tells refusals."""

import ast

from tests.structure.tree import ROOT, ours

READS = {"require_safe", "require_GET"}
# views that both show and take: these lines answer a GET
ANSWER_A_GET = {
    "hotline/desk/search/views.py: search": "what is sent goes to ``_sent``",
    "config/middleware.py: middleware": "leads whoever asks for an address that only takes forms",
}
# no views: what a verb refuses is not told to somebody who sent a form
CATCHES = {
    "hotline/desk/worklist/signing.py": "many tasks at once: those that somebody else took first are named",
    "routing/desk/forms.py": "a field that reads a name: the sentence is the field's error",
    "routing/dispatching/automatic.py": "many cases at once: what cannot be sent waits for a person",
    "cases/lifecycle/provisional.py": "a time that ended while it was counted again",
    "hotline/importing/letters.py": "a line of a sheet, counted and named",
    "search/asking/reference.py": "a line of a file",
    "cases/system/acts.py": "what the first worker found stands",
    "search/exports/exporting.py": "another worker was first",
}
REFUSALS = {"Refused", "IllegalStep"}


def place(path):
    return str(path.relative_to(ROOT))


def names_in(node):
    """Names that stand in an expression, as they are or as the last word of a dotted one."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name | ast.Attribute):
            yield getattr(one, "attr", getattr(one, "id", ""))


def redirecting(tree):
    """Functions that call ``redirect``, and whether they only read."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
        if any(set(names_in(call.func)) & {"redirect"} for call in calls):
            decorators = {name for one in function.decorator_list for name in names_in(one)}
            yield function.name, bool(decorators & READS)


def catching(tree):
    return any(
        set(names_in(one.type)) & REFUSALS
        for one in ast.walk(tree)
        if isinstance(one, ast.ExceptHandler) and one.type
    )


def test_after_a_form_everybody_is_led_on_by_303():
    found = {
        f"{place(path)}: {name}"
        for path in ours()
        for name, reads in redirecting(ast.parse(path.read_text()))
        if not reads
    }
    assert found - {"config/middleware.py: pages_of_forms"} == set(ANSWER_A_GET)


def test_refusals_and_lost_races_are_told_in_one_place():
    assert {place(path) for path in ours() if catching(ast.parse(path.read_text()))} == set(CATCHES)


def finding_by_hand(tree):
    """Look-ups of one row among the cases or tasks that somebody may see."""
    return [
        one.lineno
        for one in ast.walk(tree)
        if isinstance(one, ast.Call)
        and {"get_object_or_404"} & set(names_in(one.func))
        and {"visible_to"} & {name for arg in one.args for name in names_in(arg)}
    ]


def test_a_case_or_a_task_is_found_in_one_place():
    found = {place(path) for path in ours() if finding_by_hand(ast.parse(path.read_text()))}
    assert found == set()


def test_what_is_forbidden_here_is_seen():
    source = """
def view(request, number):
    case = get_object_or_404(Case.objects.visible_to(request.user), number=number)
    try:
        case.urge()
    except errors.Refused:
        return redirect("desk:case", number)
@require_safe
def page(request):
    return redirect("desk:home")
"""
    tree = ast.parse(source)
    assert dict(redirecting(tree)) == {"view": False, "page": True}
    assert catching(tree)
    assert finding_by_hand(tree) == [3]

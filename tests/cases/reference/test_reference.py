"""Loading reference data: complete, repeatable, all or nothing, and kind to the office's edits."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.management.commands.load_reference import register_own
from cases.models import Category, Reason, Region, Unit
from cases.reference import SUBJECTS
from cases.reference.initials import initials
from cases.reference.shelf import FaultyFileError, Tally

register_own()


def run(*options: str) -> str:
    out = StringIO()
    call_command("load_reference", *options, stdout=out)
    return out.getvalue()


def shipped(name: str) -> list[dict[str, str]]:
    with SUBJECTS[name].file.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def own_files(tmp_path, db):
    """A function that writes a reference file into a folder of the county's own."""

    def write(name: str, text: str):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_every_row_of_the_files_is_loaded(db):
    run("--only", "units", "regions", "categories", "reasons")
    assert Unit.objects.count() == len(shipped("units"))
    assert Region.objects.count() == len(shipped("regions"))
    assert Category.objects.count() == len(shipped("categories"))
    assert Reason.objects.count() == len(shipped("reasons"))


def test_trees_know_their_paths_and_initials(db):
    run("--only", "units", "regions", "categories")
    assert Category.objects.get(code="010101").path == "公共服务 › 供水 › 停水"
    assert Category.objects.get(code="010101").level == 3
    assert Category.objects.get(code="0101").pinyin == "gs"
    assert Region.objects.get(name="幸福社区").path == "青溪县 › 石桥镇 › 幸福社区"
    assert Unit.objects.get(code="zhujian").pinyin.startswith("xzjj ")
    housing = Unit.objects.get(code="zhujian")
    assert housing.children.count() == 4
    assert set(housing.tree_ids()) == {housing.pk, *housing.children.values_list("pk", flat=True)}


def test_a_second_run_changes_nothing(db):
    run("--only", "units", "reasons")
    for name in ("units", "reasons"):
        one = SUBJECTS[name]
        assert one.load(one.file, False) == Tally(unchanged=len(shipped(name)))


def test_what_the_office_edited_is_kept_unless_asked(db):
    run("--only", "units")
    Unit.objects.filter(code="zhujian").update(phone="0731-1")
    run("--only", "units")
    assert Unit.objects.get(code="zhujian").phone == "0731-1"
    run("--only", "units", "--update")
    assert Unit.objects.get(code="zhujian").phone == "0731-55551101"


def test_a_countys_own_folder(own_files):
    folder = own_files("reasons.csv", "kind,code,name,guidance\nreject,other,别的,请拨打\n")
    run("--folder", str(folder))
    assert list(Reason.objects.values_list("code", "order")) == [("other", 1)]
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("reasons.csv", "kind,code,name\n", "no column guidance"),
        ("reasons.csv", "kind,code,name,guidance\nnonsense,a,b,c\n", "line 2"),
        ("reasons.csv", "kind,code,name,guidance\nreject,a,b\n", "line 2"),
        ("categories.csv", "code,name,parent\n01,水,\n0201,电,01\n", "line 3"),
        ("categories.csv", "code,name,parent\n0101,电,01\n", "line 2"),
        ("regions.csv", "code,name,parent,level\n4303,县,,county\n", "line 2"),
        (
            "units.csv",
            "code,name,short_name,kind,parent,phone\na,甲,甲,county,,\na,乙,乙,county,,\n",
            "line 3",
        ),
    ],
)
def test_a_faulty_file_is_named_and_loads_nothing(own_files, name, text, fault):
    folder = own_files(name, text)
    own_files("units.csv", text) if name == "units.csv" else own_files(
        "units.csv", "code,name,short_name,kind,parent,phone\nb,丙,丙,county,,\n"
    )
    with pytest.raises(CommandError, match=fault):
        run("--folder", str(folder))
    assert not Unit.objects.exists()
    assert not Category.objects.exists()
    assert not Reason.objects.exists()


def test_a_file_that_is_no_text_is_refused(own_files, tmp_path):
    (tmp_path / "units.csv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CommandError, match=r"units\.csv"):
        run("--folder", str(tmp_path))
    with pytest.raises(FaultyFileError):
        SUBJECTS["units"].load(tmp_path / "absent.csv", False)


def test_wrong_options_are_refused(db, tmp_path):
    for options in (["--only", "nothing"], ["--folder", "/no/such"], ["--folder", str(tmp_path)]):
        with pytest.raises(CommandError):
            run(*options)


def test_initials_of_a_name():
    assert initials("县住建局", length=10) == "xzjj"
    assert initials("KTV酒吧", "停水", length=20) == "ktvjb ts"
    assert initials("一二三四五", length=3) == "yes"


def test_the_shipped_reasons_say_which_make_a_matter_void(db):
    run()
    void = Reason.objects.filter(makes_void=True)
    assert set(void.values_list("kind", "code")) == {("reject", "commercial")}


def test_reasons_of_an_office_without_the_column_load_as_before(own_files):
    folder = own_files("reasons.csv", "kind,code,name,guidance\nreject,own,自己的,请找法院。\n")
    SUBJECTS["reasons"].load(folder / "reasons.csv", True)
    assert not Reason.objects.get(code="own").makes_void

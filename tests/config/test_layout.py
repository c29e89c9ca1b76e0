"""Line breaks of the product's templates are layout; those of libraries stay as they are."""

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.template.loader import get_template

from config.layout import LaidFlat, is_ours


def laid(source, **context):
    return LaidFlat(source, engine=engines["django"].engine).render(Context(context))


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<p>\n  街道\n</p>", "<p>街道</p>"),
        ("<b>甲</b>\n  <b>乙</b>", "<b>甲</b><b>乙</b>"),
        ("<p>one word\n   and another</p>", "<p>one word and another</p>"),
        ("{% if yes %}\n  {{ word }}\n{% endif %}\n，完", "字，完"),
        ('{{ word }}\n{{ " " }}\n<b>甲</b>', "字 <b>甲</b>"),
        ("<b>甲</b> <b>乙</b>", "<b>甲</b> <b>乙</b>"),
        ('<a href="x"\n   class="y"\n   {% if yes %}id="z"{% endif %}>甲</a>',
         '<a href="x" class="y" id="z">甲</a>'),
        ('<a title="one\n  two">甲</a>', '<a title="one\n  two">甲</a>'),
        ("<pre>\n a\n  b\n</pre>\n<p>", "<pre>\n a\n  b\n</pre><p>"),
        ("<textarea>\n{{ word }}\n</textarea>", "<textarea>\n字\n</textarea>"),
        ("<script>\n// a\nb()\n</script>\n", "<script>\n// a\nb()\n</script>"),
        ("<pretty>\n甲</pretty>", "<pretty>甲</pretty>"),
        ("a < b\n and c > d\n<p>", "a < b and c > d<p>"),
        ("{% load i18n %}{% blocktranslate trimmed %}\n  one\n  two\n{% endblocktranslate %}", "one two"),
        ("{% load i18n %}{% blocktranslate %}one\n  two{% endblocktranslate %}\n", "one\n  two"),
        ("{% comment %}\n a <pre> that counts for nothing\n{% endcomment %}\n<p>\n甲", "<p>甲"),
    ],
)  # fmt: skip
def test_a_break_is_layout(source, page):
    assert laid(source, yes=True, word="字") == page


def test_a_value_keeps_its_breaks():
    assert laid("<p>\n{{ said }}\n</p>", said="一\n二") == "<p>一\n二</p>"


def test_a_fault_is_told_with_its_line(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "debug", True)
    with pytest.raises(TemplateSyntaxError) as fault:
        laid("<p>\n\n{% nothing %}\n</p>")
    assert fault.value.template_debug["line"] == 3


def test_only_our_own_templates_are_laid_flat():
    assert isinstance(get_template("staff.html").template, LaidFlat)
    template = get_template("wagtailadmin/base.html").template
    assert not is_ours(template.origin.name)
    assert not isinstance(template, LaidFlat)


def test_a_template_is_read_once():
    assert get_template("staff.html").template is get_template("staff.html").template

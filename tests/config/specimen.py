"""A staff page and a public page that show every part, for the tests of the look."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from cases.errors import IllegalStep, NotPermitted
from cases.templatetags.parts import STATE_LOOKS
from cases.words import Urgency
from config.urls import urlpatterns as product
from tests.cast import moment

NOW = moment("2026-11-23 11:20")
CLOCKS = [
    (NOW - timedelta(days=2, hours=18), NOW - timedelta(days=9), {"label": "主办时限"}),
    (moment("2026-11-23 17:30"), moment("2026-11-16 17:30"), {}),
    (moment("2026-11-23 12:30"), moment("2026-11-23 11:19"), {"label": "签收"}),
    (moment("2026-11-27 23:59"), moment("2026-11-16 09:00"), {"workdays": 4}),
    (moment("2027-01-15 17:30"), moment("2026-11-20 09:00"), {"provisional": True}),
    (
        moment("2026-11-21 09:00"),
        moment("2026-11-21 08:00"),
        {"done": moment("2026-11-21 08:20"), "label": "已按时签收"},
    ),
    (moment("2026-11-21 09:00"), None, {"done": moment("2026-11-23 09:30"), "label": "先行联系"}),
    (moment("2026-11-27 23:59"), None, {"paused": "挂账中", "label": "节点 12月10日"}),
    (None, None, {}),
]
STAFF = """{% extends "staff.html" %}{% load parts static %}
{% block css %}<link rel="stylesheet" href="{% static 'desk/worklist.css' %}">{% endblock %}
{% block main %}<main id="main" class="page wl"><section class="panel"><header><h1>样张</h1>
<div class="tabs push"><a href="#" aria-current="true">全部 <span class="count">9</span></a>
<a href="#">已超时 <span class="count count--late">1</span></a></div></header>
<table class="list"><thead><tr><th>时限</th><th>诉求</th><th>状态</th></tr></thead><tbody>
{% for due, start, facts in clocks %}<tr><td>{{ facts.html }}</td>
<td class="what"><div class="clip"><a href="#">人民路东段路灯整排不亮，晚上行人看不见路</a></div>
<p class="s muted clip">{{ due|when:now|default:"—" }}</p></td><td>{% state facts.thing %}</td></tr>
{% endfor %}</tbody></table><footer class="row">{% include "parts/pager.html" %}</footer></section>
<aside class="stack"><section class="panel"><header><h2>全部状态</h2></header><div class="in row">
{% for thing in things %}{% state thing %}{% endfor %}</div></section>
<section class="panel"><header><h2>比率</h2></header><div class="in">
<p>{% rate 1706 1827 %}</p><p>{% rate 3 4 say_few=True %}</p><p>{% rate 0 0 %}</p>
{% scale 93.4 80 100 90 %}{% scale 87.9 80 100 90 %}{% scale None 80 100 90 %}</div></section>
<form class="panel" data-once><div class="in stacked">{% include "parts/problems.html" %}
{% field form.title hint="写清什么事" %}{% choice form.urgency %}{% field form.agreed %}</div>
<footer class="act-bar row"><button class="btn btn--main push" data-key="F10">保存 <kbd>F10</kbd>
</button></footer></form>
{% include "parts/empty.html" with why="今天没有到期的。" next="最近一件明天 10:00 到期。" %}
</aside></main>{% endblock %}"""
PUBLIC = """{% extends "public.html" %}{% block main %}<main id="main" class="col"><h1>公众页</h1>
{% include "parts/emergency.html" %}</main>{% endblock %}"""


class Specimen(forms.Form):
    """A form with one of each kind of field."""

    title = forms.CharField(label="标题")
    urgency = forms.ChoiceField(label="紧急程度", choices=Urgency, widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="同意公开答复", required=False)


class Thing(SimpleNamespace):
    """Anything with a state."""

    def get_state_display(self) -> str:
        """Say the slug itself; words are tested elsewhere."""
        return self.state


def staff(request: HttpRequest) -> HttpResponse:
    """Show every part on a staff page."""
    messages.success(request, "已派给县自来水公司，1 小时内应签收。")
    messages.error(request, "这件工单已经有人办了。")
    things = [Thing(state=slug) for slug in STATE_LOOKS]
    rows = [
        (due, start, {"html": clock_html(due, start, facts), "thing": things[i]})
        for i, (due, start, facts) in enumerate(CLOCKS)
    ]
    context = {
        "clocks": rows,
        "things": things,
        "now": NOW,
        "form": Specimen({"urgency": "urgent"}),
        "page": Paginator(range(1827), 50).get_page(2),
    }
    return HttpResponse(engines["django"].from_string(STAFF).render(context, request))


def clock_html(due, start, facts) -> str:
    """Render the clock tag with these facts."""
    words = " ".join(f"{name}={name}" for name in facts)
    source = f"{{% load parts %}}{{% clock due start now {words} %}}"
    return (
        engines["django"]
        .from_string(source)
        .render({"due": due, "start": start, "now": NOW, **facts})
    )


def public(request: HttpRequest) -> HttpResponse:
    """Show an empty public page."""
    return HttpResponse(engines["django"].from_string(PUBLIC).render({}, request))


def lost(request: HttpRequest) -> HttpResponse:
    """Lose a race."""
    raise IllegalStep("现在不能这样办了：工单当前是“办理中”。")


def forbidden(request: HttpRequest) -> HttpResponse:
    """Ask for what is not permitted."""
    raise NotPermitted


urlpatterns = [
    path("specimen/", staff),
    path("specimen/public/", public),
    path("specimen/lost/", lost),
    path("specimen/forbidden/", forbidden),
    *product,
]

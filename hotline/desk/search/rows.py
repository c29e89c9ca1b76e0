"""The hits as HTML, made here and not in a template, as the rows of the worklist are.

Fifty hits of some forty template nodes took longer than all queries of the page together. Title and
snippet come escaped and marked from the search; every other text goes through ``html.escape`` here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cases.templatetags.parts import clock, state, word, written_day
from search.engines.port import Result, SearchHit
from search.words.highlighting import highlight

PLACE = "0000000"  # stands for the number in an address, so that it is looked up once a page


@dataclass
class HitRows:
    """What all hits of one page share; ``sought`` is everything that is marked."""

    now: datetime
    sought: Sequence[str]

    @cached_property
    def _case(self) -> str:
        return reverse("desk:case", args=[PLACE])

    @cached_property
    def _states(self) -> dict[str, str]:
        """Markup of states, each made once a page."""
        return {}

    def html(self, hits: Sequence[SearchHit]) -> SafeString:
        """Draw the hits as items of a list."""
        return mark_safe("\n".join(map(self._row, hits)))

    def _row(self, hit: SearchHit) -> str:
        case = hit.case
        if case.state not in self._states:
            self._states[case.state] = state(case)
        due = ""
        if case.is_open and case.promise_due_at:
            due = clock(case.promise_due_at, case.registered_at, self.now)
        url = escape(self._case.replace(PLACE, case.number))
        return (
            f'<li><h2><a href="{url}" data-step>{hit.title}</a></h2>\n'
            f'<div class="due">{self._states[case.state]}{due}</div>\n'
            f'<p class="text">{hit.snippet}</p>\n<p class="s muted">{self._about(hit)}</p></li>'
        )

    def _about(self, hit: SearchHit) -> str:
        """The small line: number, urgency, unit, category, place, channel, type, day.

        What was sought is marked in it when it is marked nowhere else: the names brought up the case.
        """
        case = hit.case
        is_marked = not self.sought or "<mark>" in hit.title or "<mark>" in hit.snippet
        names = [
            case.lead_unit,
            case.category and case.category.name,
            case.region and case.region.name,
        ]
        said = [f"{one}" for one in names if one]
        parts = [f'<span class="n">#{escape(case.number)}</span>']
        if case.urgency != "normal":
            parts.append(f'<span class="tag tag--late">{escape(word(case, "urgency"))}</span>')
        parts += [escape(one) if is_marked else highlight(one, self.sought) for one in said]
        parts += [escape(word(case, name)) for name in ("channel", "demand_type")]
        parts.append(f'<span class="n">{escape(written_day(case.registered_at, self.now))}</span>')
        return " · ".join(parts)


def rows(result: Result, now: datetime) -> SafeString:
    """The hits of an answer as items of a list."""
    return HitRows(now, result.words).html(result.hits)

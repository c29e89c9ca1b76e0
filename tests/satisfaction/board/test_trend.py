"""The drawing of twelve months: where points, gaps and lines lie."""

from satisfaction.board.trend import Month, draw, scale


def test_a_month_without_a_rate_leaves_a_gap():
    drawn = draw(
        [Month("1", 90.0, 10), Month("2", None, 5), Month("3", 95.0, 0), Month("4", 96.0, 1)]
    )
    assert [dot.words for dot in drawn.dots] == ["90.0%", "95.0%", "96.0%"]
    assert len(drawn.segments) == 1
    assert [bar.height for bar in drawn.bars] == [110.0, 55.0, 0.0, 11.0]


def test_the_scale_reaches_below_every_point_with_few_lines():
    for percents in ([99.0], [93.0, 88.0], [71.0], [50.0], [12.0], [0.0], [100.0], []):
        low, step = scale(percents)
        assert low <= min(percents, default=100)
        assert 2 <= (100 - low) / step <= 4, percents


def test_higher_rates_stand_higher():
    low, high = draw([Month("1", 91.0, 1), Month("2", 97.0, 1)]).dots
    assert high.y < low.y
    assert high.x > low.x


def test_nothing_at_all_is_drawn_empty():
    drawn = draw([Month("1", None, 0)])
    assert (drawn.dots, drawn.last, drawn.bars[0].height) == ([], None, 0.0)

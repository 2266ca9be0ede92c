"""Charts: whole SVG, nothing unescaped, and the same picture for the same figures."""

import re
from xml.etree import ElementTree

import pytest

from netralitas.lib import charts
from netralitas.lib.charts import Column, Line

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("x")</script> & "kutip"'


def tree_of(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def numbers(svg, name):
    return [float(found) for found in re.findall(rf' {name}="([\d.-]+)"', svg)]


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (7, [0, 2, 4, 6, 8]),
        (8379, [0, 5000, 10000]),
        (500_000, [0, 200_000, 400_000, 600_000]),
    ],
)
def test_the_axis_goes_from_nothing_past_the_most_in_even_steps(most, scale):
    assert charts.scale_of(most) == scale


@pytest.mark.parametrize("most", [*range(1, 300), 8379, 10_001, 499_999, 5_588_245])
def test_the_axis_has_few_steps_and_room_for_the_most(most):
    scale = charts.scale_of(most)
    assert scale[-1] >= most
    assert len(scale) <= charts.TICKS + 1


def test_columns_are_as_high_as_their_values():
    drawn = charts.columns("a", "Judul", "Isi", [Column("08", 50, "x"), Column("09", 100, "y")])
    low, high = (float(found.get("height")) for found in tree_of(drawn).iter(f"{SVG}rect"))
    assert high == pytest.approx(2 * low, abs=0.1)


def test_words_are_escaped_everywhere():
    bars = [Column(EVIL, 1, EVIL)]
    path = Line(points=((0, 0), (1, 1)), labels=((0, EVIL),), goal=2, goal_label=EVIL)
    pictures = [charts.columns("a", EVIL, EVIL, bars), charts.line("b", EVIL, EVIL, path)]
    for drawn in pictures:
        assert "<script" not in drawn
        assert tree_of(drawn).find(f"{SVG}title").text == EVIL


def test_a_chart_is_announced_by_title_and_description():
    drawn = tree_of(charts.columns("jam", "Tiap jam", "Paling banyak 3.", [Column("08", 3, "x")]))
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == "jam-judul jam-isi"
    assert drawn.find(f"{SVG}title").get("id") == "jam-judul"
    assert drawn.find(f"{SVG}desc").text == "Paling banyak 3."


@pytest.mark.parametrize("size", [charts.WIDE, charts.NARROW])
@pytest.mark.parametrize("count", [1, 24, 62, 300])
def test_labels_below_never_overlap_nor_leave_the_picture(size, count):
    bars = [Column("08.00", at, "x") for at in range(count)]
    below = tree_of(charts.columns("a", "t", "d", bars, size)).findall(f"{SVG}g")[-1]
    centres = [float(found.get("x")) for found in below]
    half = len("08.00") * charts.DIGIT / 2
    assert centres[0] >= half
    assert centres[-1] <= size[0] - half
    assert all(b - a >= 2 * half for a, b in zip(centres, centres[1:], strict=False))


def test_a_line_reaches_the_goal_at_its_height_and_the_pace_leads_there():
    path = Line(points=((0, 0), (0.5, 10)), labels=(), goal=10, goal_label="Target 10", pace=1.0)
    drawn = charts.line("b", "t", "d", path)
    goal = numbers(re.search(r'<line class="chart-goal"[^>]*>', drawn)[0], "y1")
    pace = re.search(r'<line class="chart-pace"[^>]*>', drawn)[0]
    assert numbers(pace, "y2") == goal
    reached = re.search(r'<polyline[^>]* points="([^"]+)"', drawn)[1].split()[-1]
    assert float(reached.split(",")[1]) == goal[0]


def test_a_share_fills_as_much_as_it_has_and_is_silent():
    drawn = charts.share([("signed", 3), ("absent", 0), ("pending", 1)], 4)
    assert numbers(drawn, "x") == [0, 75]
    assert numbers(drawn, "width") == [75, 25]
    assert 'aria-hidden="true"' in drawn
    assert charts.share([("signed", 0)], 0).count("<rect") == 0

"""Pictures of figures as SVG, drawn by the server: columns, a line towards a goal, one bar.

Pure functions on plain values. Colours come from the style sheet by class, so that a chart is right
in the dark and on paper; every text is escaped. A chart is announced by its title and description;
the page that shows it holds the same figures as a table.
"""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe

WIDE, NARROW = (540, 270), (320, 240)
TEXT = 12
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 24, 30
# How wide a digit is at most, and the room between two labels below the axis.
DIGIT, BETWEEN = 7, 12
TICKS = 4


@dataclass(frozen=True)
class Column:
    """One column: what stands below it, how high it is, and what is said of it in full."""

    label: str
    value: int
    told: str


@dataclass(frozen=True)
class Line:
    """How a number grew towards a goal, over a span that reaches from 0 to 1.

    `points` are pairs of (place, value), `labels` of (place, text). `pace` is the place at which
    the goal is due, drawn as a straight line up to there; None where nothing is due.
    """

    points: tuple
    labels: tuple
    goal: int
    goal_label: str
    pace: float | None = None


def grouped(number):
    """A whole number as Indonesians write it: 8379 → 8.379."""
    return f"{number:,}".replace(",", ".")


def scale_of(most):
    """The numbers beside the axis: from 0 to at least `most` in even steps of 1, 2 or 5."""
    step = 1
    while step * TICKS < most:
        step = _next_step(step)
    return [step * at for at in range(-(-max(most, 1) // step) + 1)]


def _next_step(step):
    """1, 2, 5, 10, 20, 50 and so on."""
    leading = int(str(step)[0])
    return step * 5 // 2 if leading == 2 else step * 2


def columns(name, title, description, bars, size=WIDE):
    """An SVG of one column for each of `bars`; `name` tells its ids from those of other charts."""
    frame = _Frame(size, scale_of(max((bar.value for bar in bars), default=0)))
    room = frame.width / max(len(bars), 1)
    parts = [frame.grid()]
    for at, bar in enumerate(bars):
        height = frame.height * bar.value / frame.top
        wide = max(room * 0.72, 1)
        place = f'x="{LEFT + room * at + (room - wide) / 2:.1f}" y="{frame.y(bar.value):.1f}"'
        shape = f'{place} width="{wide:.1f}" height="{height:.1f}"'
        told = escape(bar.told)
        parts.append(f'<rect class="chart-column" {shape}><title>{told}</title></rect>')
    labels = [((at + 0.5) / len(bars), bar.label) for at, bar in enumerate(bars)]
    parts.append(frame.labels(labels))
    return _picture(name, title, description, size, parts)


def line(name, title, description, drawn, size=WIDE):
    """An SVG of a `Line`: what was reached, the goal across, and the pace that leads to it."""
    frame = _Frame(size, scale_of(max(drawn.goal, *(value for _, value in drawn.points))))
    points = [f"{frame.x(place):.1f},{frame.y(value):.1f}" for place, value in drawn.points]
    first, last = points[0].partition(",")[0], points[-1].partition(",")[0]
    floor = f"{frame.y(0):.1f}"
    height, right, traced = f"{frame.y(drawn.goal):.1f}", size[0] - RIGHT, " ".join(points)
    parts = [
        frame.grid(),
        f'<polygon class="chart-area" points="{first},{floor} {traced} {last},{floor}"/>',
        f'<line class="chart-goal" x1="{LEFT}" x2="{right}" y1="{height}" y2="{height}"/>',
        f'<text class="chart-note" x="{LEFT + 4}" y="{frame.y(drawn.goal) - 6:.1f}">'
        f"{escape(drawn.goal_label)}</text>",
    ]
    if drawn.pace is not None:
        parts.append(
            f'<line class="chart-pace" x1="{LEFT}" y1="{floor}" x2="{frame.x(drawn.pace):.1f}" '
            f'y2="{height}"/>'
        )
    parts.append(f'<polyline class="chart-line" points="{traced}"/>')
    parts.append(frame.labels(drawn.labels))
    return _picture(name, title, description, size, parts)


def share(parts, total):
    """A bar of full width for a table: `parts` are pairs of (tone, count) of `total`.

    It is silent for screen readers: the numbers stand beside it.
    """
    drawn, at = [], 0
    for tone, count in parts:
        width = 100 * count / total if total else 0
        if count:
            shape = f'x="{at:.3f}" width="{width:.3f}" height="1"'
            drawn.append(f'<rect class="chart-{escape(tone)}" {shape}/>')
        at += width
    return mark_safe(
        '<svg class="share" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(drawn)}</svg>"
    )


class _Frame:
    """The axes of a chart of a size, and where a value stands in them."""

    def __init__(self, size, scale):
        self.size = size
        self.scale = scale
        self.top = scale[-1]
        self.width = size[0] - LEFT - RIGHT
        self.height = size[1] - TOP - BOTTOM

    def x(self, place):
        return LEFT + self.width * place

    def y(self, value):
        return TOP + self.height * (1 - value / self.top)

    def grid(self):
        """A line and a number for each step of the scale."""
        right = self.size[0] - RIGHT
        drawn = [
            f'<line x1="{LEFT}" x2="{right}" y1="{self.y(value):.1f}" y2="{self.y(value):.1f}"/>'
            f'<text x="{LEFT - 8}" y="{self.y(value) + 4:.1f}" text-anchor="end">'
            f"{grouped(value)}</text>"
            for value in self.scale
        ]
        return f'<g class="chart-grid">{"".join(drawn)}</g>'

    def labels(self, labels):
        """As many of the labels below as there is room for, the first always; none at the edges
        stands out of the picture.
        """
        drawn, free = [], 0
        for place, text in labels:
            half = len(text) * DIGIT / 2
            centre = min(max(self.x(place), half), self.size[0] - half)
            if centre - half >= free:
                drawn.append(
                    f'<text x="{centre:.1f}" y="{self.size[1] - 8}" text-anchor="middle">'
                    f"{escape(text)}</text>"
                )
                free = centre + half + BETWEEN
        return f'<g class="chart-labels">{"".join(drawn)}</g>'


def _picture(name, title, description, size, parts):
    width, height = size
    name = escape(name)
    return mark_safe(
        f'<svg class="chart" viewBox="0 0 {width} {height}" font-size="{TEXT}" role="img" '
        f'aria-labelledby="{name}-judul {name}-isi">'
        f'<title id="{name}-judul">{escape(title)}</title>'
        f'<desc id="{name}-isi">{escape(description)}</desc>{"".join(parts)}</svg>'
    )

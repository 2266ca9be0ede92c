"""The drawing of a signature: numbers only, checked and drawn by the server.

A drawing is a list of polylines, each a list of [x, y] integers in a box of `WIDTH` by `HEIGHT`,
x to the right and y downwards. It has the shape of a signature and nothing else: pressure and
timing would be biometric data (UU 27/2022) and are never accepted, nor is any image or SVG.
"""

import json
from itertools import chain, pairwise
from math import atan2, cos, sin

WIDTH = 10_000
HEIGHT = 5_000
MAX_TEXT = 200_000
MAX_STROKES = 100
MAX_POINTS = 4_000
LEAST_EXTENT = 500
LEAST_THICKNESS = 150
INK = "#14213d"
INK_SHARE = 0.011


class StrokesError(ValueError):
    """A drawing that is not taken as a signature.

    `code` says why: "unreadable" (not the form described above), "too_large" (too much text, too
    many strokes or points), "empty" (no point), "too_small" (a dot, or a mark smaller than a
    signature), "line" (straight from end to end).
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def parse(text):
    """The strokes in a JSON text, checked. Raises StrokesError whatever the text holds."""
    if len(text) > MAX_TEXT:
        raise StrokesError("too_large")
    try:
        strokes = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StrokesError("unreadable") from error
    check(strokes)
    return strokes


def check(strokes):
    """Raises StrokesError unless these are strokes that show more than a dot or a line."""
    if not isinstance(strokes, list) or not all(isinstance(stroke, list) for stroke in strokes):
        raise StrokesError("unreadable")
    if len(strokes) > MAX_STROKES or sum(map(len, strokes)) > MAX_POINTS:
        raise StrokesError("too_large")
    points = list(chain.from_iterable(strokes))
    if not all(map(_is_point, points)):
        raise StrokesError("unreadable")
    if points and not all(strokes):
        raise StrokesError("unreadable")
    _check_sight(points)


def are_sound(strokes):
    """Whether these are strokes that `check` lets pass."""
    try:
        check(strokes)
    except StrokesError:
        return False
    return True


def _check_sight(points):
    """Raises StrokesError for points that show no more than nothing, a dot or a line."""
    if not points:
        raise StrokesError("empty")
    if _extent(points) < LEAST_EXTENT:
        raise StrokesError("too_small")
    if _thickness(points) < LEAST_THICKNESS:
        raise StrokesError("line")


def bounds(strokes):
    """The smallest box around checked strokes: (left, top, right, bottom)."""
    xs, ys = zip(*chain.from_iterable(strokes), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def to_svg_path(strokes):
    """Path data of checked strokes: each point bends the line, so that no corner shows.

    The curve begins and ends where the stroke does and passes the middle of each inner segment.
    """
    return "".join(map(_stroke_path, strokes))


def to_pdf_path(strokes):
    """The same path as operators of a PDF."""
    return "\n".join(map(_stroke_operators, strokes))


def picture_box(strokes):
    """(left, top, width, height) of the picture of checked strokes, and how thick its line is.

    The line grows with the drawing, so that two signatures scaled to the same place on paper look
    as if written with the same pen.
    """
    left, top, right, bottom = bounds(strokes)
    pen = max(1, round(max(right - left, 2 * (bottom - top)) * INK_SHARE))
    return (left - pen, top - pen, right - left + 2 * pen, bottom - top + 2 * pen), pen


def to_svg(strokes):
    """A whole SVG document of checked strokes, cut to the drawing, in one colour."""
    box, pen = picture_box(strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(str, box))}">'
        f'<path d="{to_svg_path(strokes)}" fill="none" stroke="{INK}" stroke-width="{pen}"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _is_point(point):
    """Whether this is [x, y] of true integers inside the box."""
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(number) is int for number in point)
        and 0 <= point[0] <= WIDTH
        and 0 <= point[1] <= HEIGHT
    )


def _extent(points):
    """The longer side of the box around the points."""
    left, top, right, bottom = bounds([points])
    return max(right - left, bottom - top)


def _thickness(points):
    """How far the points spread across the straight line that fits them best."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread_x = sum((x - mean_x) ** 2 for x, _ in points)
    spread_y = sum((y - mean_y) ** 2 for _, y in points)
    spread_both = sum((x - mean_x) * (y - mean_y) for x, y in points)
    slope = atan2(2 * spread_both, spread_x - spread_y) / 2
    across = [y * cos(slope) - x * sin(slope) for x, y in points]
    return max(across) - min(across)


def _stroke_path(stroke):
    """Path data of one polyline; a single point becomes a dot, drawn by the round cap."""
    (first_x, first_y), (last_x, last_y) = stroke[0], stroke[-1]
    bends = "".join(
        f"Q{x} {y} {(x + next_x) // 2} {(y + next_y) // 2}"
        for (x, y), (next_x, next_y) in pairwise(stroke[1:])
    )
    return f"M{first_x} {first_y}{bends}L{last_x} {last_y}"


def _stroke_operators(stroke):
    """What `_stroke_path` draws; a PDF knows cubic curves only."""
    (x, y), (last_x, last_y) = stroke[0], stroke[-1]
    parts = [f"{x} {y} m"]
    for (bend_x, bend_y), (next_x, next_y) in pairwise(stroke[1:]):
        end_x, end_y = (bend_x + next_x) // 2, (bend_y + next_y) // 2
        parts.append(
            f"{(x + 2 * bend_x) // 3} {(y + 2 * bend_y) // 3} "
            f"{(end_x + 2 * bend_x) // 3} {(end_y + 2 * bend_y) // 3} {end_x} {end_y} c"
        )
        x, y = end_x, end_y
    parts.append(f"{last_x} {last_y} l")
    return "\n".join(parts)

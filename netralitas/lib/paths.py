"""Lines and shapes as a PDF draws them: signatures, and the emblem of the installation."""

from itertools import pairwise
from xml.etree import ElementTree

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from . import strokes

SVG = "{http://www.w3.org/2000/svg}"
# Into how many parts a point is divided, so that whole numbers draw a signature.
FINENESS = 20
# Points of a signature that lie nearer to each other would not be seen apart on paper.
NEAREST = 14
OPERATORS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h", "endPath": ""}


def signature(drawing, width, height):
    """The path of checked strokes, as large as the box allows and in its middle.

    The box is in points; the path is in whole parts of them (`FINENESS`), from its lower left
    corner.
    """
    west, north, east, south = strokes.bounds(drawing)
    width, height = width * FINENESS, height * FINENESS
    scale = min(width / max(east - west, 1), height / max(south - north, 1))
    left = (width - (east - west) * scale) / 2 - west * scale
    top = height - (height - (south - north) * scale) / 2 + north * scale
    placed = ([(left + x * scale, top - y * scale) for x, y in line] for line in drawing)
    return " ".join(_curve(_thinned(line)) for line in placed)


def _thinned(points):
    """The points without those too near to the one before; first and last stay."""
    near_x, near_y = points[0]
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - near_x) + abs(y - near_y) >= NEAREST:
            kept.append((x, y))
            near_x, near_y = x, y
    return [*kept, points[-1]]


def _curve(points):
    """A line bent by each point, as `strokes.to_svg_path` draws it."""
    x, y = points[0]
    parts = [f"{x:.0f} {y:.0f} m"]
    for (px, py), (nx, ny) in pairwise(points[1:]):
        ex, ey = (px + nx) / 2, (py + ny) / 2
        bend = ((x + 2 * px) / 3, (y + 2 * py) / 3, (ex + 2 * px) / 3, (ey + 2 * py) / 3, ex, ey)
        parts.append("%d %d %d %d %d %d c" % bend)  # noqa: UP031
        x, y = ex, ey
    parts.append(f"{points[-1][0]:.0f} {points[-1][1]:.0f} l")
    return " ".join(parts)


def drawing(svg):
    """(height, marks) of a drawing of filled and stroked paths, such as the emblem."""
    root = ElementTree.fromstring(svg)  # noqa: S314
    height = float(root.get("viewBox").split()[3])
    return height, [_painted(path) for path in root.iter(f"{SVG}path")]


def _painted(path):
    pen = RecordingPen()
    parse_path(path.get("d"), pen)
    shape = " ".join(f"{_numbers(points)} {OPERATORS[act]}" for act, points in pen.value)
    if path.get("stroke"):
        return f"{_colour(path.get('stroke'))} RG {path.get('stroke-width')} w {shape} S"
    return f"{_colour(path.get('fill'))} rg {shape} f"


def _numbers(points):
    return " ".join(f"{x:.3f} {y:.3f}" for x, y in points)


def _colour(text):
    """ "#14213d" as the three parts of a colour."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return " ".join(f"{int(digits[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))

"""A hand on a page: fingers that touch the glass, as the browser gets them from a phone."""

import json

# Two strokes that cross most of the box, as shares of its width and height.
STROKES = [
    [(0.15, 0.64), (0.23, 0.22), (0.31, 0.66), (0.39, 0.28), (0.46, 0.60), (0.56, 0.44)],
    [(0.12, 0.78), (0.42, 0.70), (0.78, 0.74)],
]
STEPS = 3


class Finger:
    """One finger, through the browser's own input: what it does, a page cannot tell from touch."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def down(self, x, y):
        self._touch("touchStart", [{"x": x, "y": y}])

    def move(self, x, y):
        self._touch("touchMove", [{"x": x, "y": y}])

    def up(self):
        self._touch("touchEnd", [])

    def _touch(self, kind, points):
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def along(self, points):
        """Draw through the points, in small steps."""
        self.down(*points[0])
        self.through(points)
        self.up()

    def through(self, points):
        """Move on through the points without lifting."""
        for start, end in zip(points, points[1:], strict=False):
            for step in range(1, STEPS + 1):
                share = step / STEPS
                self.move(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))


def canvas_points(page, shares):
    """Points of the visible pad, from shares of its width and height."""
    box = page.locator("canvas").bounding_box()
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in shares]


def show_pad(page):
    """Scroll the whole pad into sight, clear of the bar with the button."""
    page.locator("canvas").evaluate(
        "(canvas) => canvas.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )


def draw(page, strokes=STROKES):
    """Sign on the pad with a finger."""
    show_pad(page)
    finger = Finger(page)
    for stroke in strokes:
        finger.along(canvas_points(page, stroke))


def drawn(page):
    """The drawing as the page would send it."""
    return json.loads(page.locator("[data-strokes]").input_value() or "[]")


def has_ink(page, x, y):
    """Whether the canvas shows ink around a point of the box (10000 × 5000)."""
    return page.locator("canvas").evaluate(
        """(canvas, [x, y]) => {
          const scale = canvas.width / 10000;
          const size = Math.ceil(canvas.width / 50);
          const { data } = canvas.getContext("2d").getImageData(
            x * scale - size / 2, y * scale - size / 2, size, size);
          return data.some((value, at) => at % 4 === 3 && value > 0);
        }""",
        [x, y],
    )


def tick_all(page):
    """Tick every point and give consent, once the page is whole.

    A click that leads to another page returns before that page is there, and ``all`` waits for
    nothing: without these two lines the boxes of the page before would be ticked.
    """
    page.locator("[name=consent]").wait_for()
    page.wait_for_load_state()
    for box in page.locator("[name=points], [name=consent]").all():
        box.check()


def shows(page, strokes):
    """Whether the canvas shows these strokes (the pen is one point behind, so not their ends)."""
    return all(has_ink(page, *point) for stroke in strokes for point in stroke[:-1])

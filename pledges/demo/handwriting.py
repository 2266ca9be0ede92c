"""Signatures as a finger draws them: an initial, a run of loops, sometimes a flourish.

Shapes in the box of netralitas.lib.strokes. A person signs alike each time, but never twice the
same.
"""

from itertools import chain
from math import cos, pi, sin, tau

from netralitas.lib.strokes import HEIGHT, WIDTH

from .chance import chance

STEPS_A_LOOP = 9
TREMOR = 18
MARGIN = 0.08


def drawing(person, occasion):
    """The strokes of `person` on `occasion`; both are texts, the shape follows from the first."""
    hand, moment = chance("hand", person), chance("moment", person, occasion)
    strokes = [_initial(hand), _run(hand)]
    if hand.random() < 0.6:
        strokes.append(_flourish(hand))
    if hand.random() < 0.3:
        strokes.append(_dash(hand))
    slant = hand.uniform(0.05, 0.45)
    leaning = [[(x + slant * (1 - y), y) for x, y in stroke] for stroke in strokes]
    return _in_the_box(leaning, moment)


def _initial(hand):
    """A large opening letter: a spiral, or where it swings sideways faster, an S or a ribbon."""
    turns, start = hand.uniform(1.0, 1.7), hand.uniform(0, tau)
    width, height = hand.uniform(0.22, 0.42), hand.uniform(0.45, 0.65)
    middle, swing = hand.uniform(0.3, 0.5), hand.choice((1, 1, 0.5, 0.5, 1.5))
    points = []
    for i in range(count := round(16 * turns)):
        angle, left = start + turns * tau * i / count, 1 - i / count
        x = 0.4 + width * (0.6 + 0.4 * left) * cos(swing * angle)
        points.append((x, middle + height * (0.7 + 0.3 * left) * sin(angle)))
    return points


def _run(hand):
    """The rest of the name: letters of different height, some of them loops, on one line."""
    letters = [hand.choice((0.25, 0.35, 0.45, 0.9)) for _ in range(hand.randint(3, 7))]
    advance, looping, rise = hand.uniform(0.3, 0.5), hand.uniform(0.05, 0.22), hand.uniform(0, 0.2)
    points = []
    for i in range(len(letters) * STEPS_A_LOOP):
        letter, angle = letters[i // STEPS_A_LOOP], tau * (i % STEPS_A_LOOP) / STEPS_A_LOOP
        along = i / STEPS_A_LOOP
        x = 0.75 + advance * along - looping * sin(angle)
        points.append((x, 1 - letter * (1 - cos(angle)) / 2 - rise * along / len(letters)))
    return points


def _flourish(hand):
    """A bent line under the name, drawn from left to right and often a little way back."""
    length, bend, depth = hand.uniform(1.6, 3), hand.uniform(-0.2, 0.25), hand.uniform(1.15, 1.35)
    back = hand.uniform(0, 0.35)
    there = [(0.2 + length * i / 10, depth - bend * sin(pi * i / 10)) for i in range(11)]
    return there + [
        (there[-1][0] - length * back * i / 4, depth + 0.12 * sin(pi * i / 8)) for i in range(1, 5)
    ]


def _dash(hand):
    """A short stroke across the letters."""
    x, y, length = hand.uniform(0.9, 1.8), hand.uniform(0.15, 0.5), hand.uniform(0.35, 0.7)
    return [(x + length * i / 5, y - 0.15 * length * sin(pi * i / 5)) for i in range(6)]


def _in_the_box(strokes, moment):
    """Whole numbers in the pad's box, at the size and place that this moment gave them."""
    xs, ys = zip(*chain.from_iterable(strokes), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((1 - 2 * MARGIN) * WIDTH / width, (1 - 2 * MARGIN) * HEIGHT / height)
    scale *= moment.uniform(0.72, 0.97)
    left = moment.uniform(MARGIN * WIDTH, (1 - MARGIN) * WIDTH - scale * width)
    top = moment.uniform(MARGIN * HEIGHT, (1 - MARGIN) * HEIGHT - scale * height)
    return [
        [
            [
                round(left + (x - min(xs)) * scale + moment.uniform(-TREMOR, TREMOR)),
                round(top + (y - min(ys)) * scale + moment.uniform(-TREMOR, TREMOR)),
            ]
            for x, y in stroke
        ]
        for stroke in strokes
    ]

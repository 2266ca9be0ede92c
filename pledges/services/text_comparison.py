"""Two pledge texts side by side: part by part, and in each part word by word."""

from dataclasses import dataclass
from itertools import groupby, zip_longest

from netralitas.lib.word_diff import Span, compared, paired

PARTS = (
    ("heading", "Judul ikrar"),
    ("opening", "Kalimat pembuka"),
    ("points", "Butir"),
    ("closing", "Kalimat penutup"),
    ("sanction", "Kalimat sanksi"),
    ("legal_basis", "Dasar hukum"),
    ("people_word", "Sebutan bagi yang berikrar"),
)


@dataclass(frozen=True)
class Part:
    """One part of both texts; `first` or `second` is empty where that text has no such part."""

    label: str
    first: list[Span]
    second: list[Span]

    @property
    def same(self):
        """Whether both say the same."""
        return not any(span.changed for span in (*self.first, *self.second))


def compare(first, second):
    """The parts of two texts in the order of reading; points that belong together stand together,
    and each is called by its numbers in both.
    """
    parts = []
    for name, label in PARTS:
        values = getattr(first, name), getattr(second, name)
        parts += _points(*values) if name == "points" else [Part(label, *compared(*values))]
    return parts


def _points(first, second):
    at, other_at = 0, 0
    parts = []
    for point, other in _side_by_side(paired(first, second)):
        at, other_at = at + (point is not None), other_at + (other is not None)
        label = _label(at if point is not None else None, other_at if other is not None else None)
        parts.append(Part(label, *compared(point or "", other or "")))
    return parts


def _side_by_side(pairs):
    """The same, where points that are like none of the other text stand beside each other."""
    for is_alone, run in groupby(pairs, key=lambda pair: None in pair):
        if not is_alone:
            yield from run
            continue
        alone = list(run)
        yield from zip_longest(
            [point for point, _ in alone if point is not None],
            [other for _, other in alone if other is not None],
        )


def _label(number, other):
    """What a pair of points is called: by one number where both have the same, or one has none."""
    told = dict.fromkeys(n for n in (number, other) if n is not None)
    return f"Butir {' dan '.join(str(n) for n in told)}"

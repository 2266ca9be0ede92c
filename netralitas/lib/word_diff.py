"""What differs between two texts, word by word, as it is shown side by side."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECE = re.compile(r"\S+\s*")
# Passages less alike than this are told as two, not as one that was changed.
ALIKE = 0.4


@dataclass(frozen=True)
class Span:
    """A run of words; `changed` ones are not in the other text at this place."""

    text: str
    changed: bool


def compared(first, second):
    """The spans of both texts, in their order: joined they are the texts, spaces at ends aside."""
    left, right = PIECE.findall(first), PIECE.findall(second)
    spans = [], []
    for act, *ends in _matcher(left, right).get_opcodes():
        at, to, other_at, other_to = ends
        parts = (left[at:to], right[other_at:other_to])
        for told, words in zip(spans, parts, strict=True):
            if words:
                told.append(Span("".join(words), act != "equal"))
    return spans


def paired(first, second):
    """Pairs of the passages that belong together, in the order of both; None where one has none.

    The pairs are those alike enough whose likeness is greatest in sum.
    """
    best = _best_sums(first, second)
    pairs, i, j = [], len(first), len(second)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
            pairs.append((first[i], None))
        elif best[i][j] == best[i][j - 1]:
            j -= 1
            pairs.append((None, second[j]))
        else:
            i, j = i - 1, j - 1
            pairs.append((first[i], second[j]))
    pairs += [(passage, None) for passage in reversed(first[:i])]
    pairs += [(None, passage) for passage in reversed(second[:j])]
    return pairs[::-1]


def _best_sums(first, second):
    """How alike the first i passages and the first j are at best, for each i and j."""
    best = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, passage in enumerate(first, start=1):
        for j, other in enumerate(second, start=1):
            ratio = _matcher(passage.split(), other.split()).ratio()
            together = best[i - 1][j - 1] + ratio if ratio >= ALIKE else 0.0
            best[i][j] = max(together, best[i - 1][j], best[i][j - 1])
    return best


def _matcher(left, right):
    """By what words say, whatever spaces follow them."""
    plain = [word.strip() for word in left], [word.strip() for word in right]
    return SequenceMatcher(None, *plain, autojunk=False)

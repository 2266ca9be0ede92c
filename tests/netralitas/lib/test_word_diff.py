"""What differs between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib.word_diff import Span, compared, paired

WORDS = st.lists(st.sampled_from("netral adil damai jujur bijak".split()), max_size=12)


def test_changed_words_are_told_in_both_texts():
    first, second = compared("Menolak politik uang", "Menolak uang dan hadiah")
    assert first == [Span("Menolak ", False), Span("politik ", True), Span("uang", False)]
    assert second == [Span("Menolak ", False), Span("uang ", False), Span("dan hadiah", True)]


@given(WORDS, WORDS)
def test_the_spans_are_the_texts_and_what_is_not_changed_is_in_both(first, second):
    texts = " ".join(first), " ".join(second)
    spans = compared(*texts)
    assert tuple("".join(span.text for span in side) for side in spans) == texts
    left, right = ("".join(s.text for s in side if not s.changed).split() for side in spans)
    assert left == right


@given(st.lists(WORDS.map(" ".join), max_size=5), st.lists(WORDS.map(" ".join), max_size=5))
def test_pairs_keep_every_passage_in_its_order(first, second):
    pairs = paired(first, second)
    assert [left for left, _ in pairs if left is not None] == first
    assert [right for _, right in pairs if right is not None] == second


def test_an_inserted_passage_pairs_with_none():
    pairs = paired(["satu dua tiga", "empat lima"], ["baru sama sekali", "satu dua tiga", "empat"])
    assert pairs == [
        (None, "baru sama sekali"),
        ("satu dua tiga", "satu dua tiga"),
        ("empat lima", "empat"),
    ]

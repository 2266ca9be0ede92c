"""Two texts part by part: what belongs together stands side by side."""

import pytest

from pledges.services.text_comparison import compare
from tests import factories

SAME = "Menjaga dan menegakkan prinsip netralitas pegawai ASN di instansi masing-masing"
FIRST = ["Tidak memasang spanduk calon", SAME, "Menolak politik uang"]
REWRITTEN = ["Bijak di media sosial", SAME, "Bekerja sungguh-sungguh", "Melapor kepada atasan"]


def points(first, second):
    """(words of the first, words of the second) of each point."""
    texts = [factories.DraftTextFactory.build(points=each) for each in (first, second)]
    parts = [part for part in compare(*texts) if part.label.startswith("Butir")]
    return [(words(part.first), words(part.second)) for part in parts]


def words(spans):
    return "".join(span.text for span in spans).strip()


@pytest.mark.parametrize("turned", [False, True])
def test_points_that_were_rewritten_stand_beside_each_other(turned):
    pair = (REWRITTEN, FIRST) if turned else (FIRST, REWRITTEN)
    found = points(*pair)
    wanted = [
        (FIRST[0], REWRITTEN[0]),
        (SAME, SAME),
        (FIRST[2], REWRITTEN[2]),
        ("", REWRITTEN[3]),
    ]
    assert found == [each[::-1] if turned else each for each in wanted]

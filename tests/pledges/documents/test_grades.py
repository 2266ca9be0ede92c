"""Pangkat and golongan as printed."""

import pytest

from pledges.documents import grades


@pytest.mark.parametrize(
    ("grade", "printed"),
    [
        ("I/a", "Juru Muda, I/a"),
        ("I/b", "Juru Muda Tingkat I, I/b"),
        ("I/c", "Juru, I/c"),
        ("I/d", "Juru Tingkat I, I/d"),
        ("II/a", "Pengatur Muda, II/a"),
        ("II/b", "Pengatur Muda Tingkat I, II/b"),
        ("II/c", "Pengatur, II/c"),
        ("II/d", "Pengatur Tingkat I, II/d"),
        ("III/a", "Penata Muda, III/a"),
        ("III/b", "Penata Muda Tingkat I, III/b"),
        ("III/c", "Penata, III/c"),
        ("III/d", "Penata Tingkat I, III/d"),
        ("IV/a", "Pembina, IV/a"),
        ("IV/b", "Pembina Tingkat I, IV/b"),
        ("IV/c", "Pembina Utama Muda, IV/c"),
        ("IV/d", "Pembina Utama Madya, IV/d"),
        ("IV/e", "Pembina Utama, IV/e"),
    ],
)
def test_a_civil_servants_grade_is_printed_with_its_rank(grade, printed):
    assert grades.grade_with_rank(grade) == printed
    assert grades.grade_with_rank(f" {grade.upper()} ") == printed


def test_a_contract_grade_has_no_rank():
    assert grades.grade_with_rank("IX") == "Golongan IX"
    assert grades.grade_with_rank("i") == "Golongan I"
    assert len(grades.PPPK_GRADES) == 17


@pytest.mark.parametrize("grade", ["", "V/a", "IV/f", "XVIII", "Kelas 7"])
def test_an_unknown_grade_is_printed_as_it_stands(grade):
    assert grades.grade_with_rank(grade) == grade

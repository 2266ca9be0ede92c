"""How a person's name is put together and compared."""

import pytest

from netralitas.lib.names import full_name, same_name

FULL = [
    (("", "Siti Aminah", ""), "Siti Aminah"),
    (("dr.", "Siti Aminah", "M.Kes."), "dr. Siti Aminah, M.Kes."),
    (("", "Siti Aminah", "S.Kep., Ners."), "Siti Aminah, S.Kep., Ners."),
    (("Prof. Dr. H.", "Indra Gunawan", ""), "Prof. Dr. H. Indra Gunawan"),
    ((" dr. ", " Siti ", " "), "dr. Siti"),
]


@pytest.mark.parametrize(("parts", "name"), FULL)
def test_a_name_is_put_together_as_on_paper(parts, name):
    assert full_name(*parts) == name


SAME = [
    ("Siti Aminah", "siti  aminah", True),
    ("SITI AMINAH", "Siti Aminah", True),
    ("Renée D'Ávila", "renee davila", True),
    ("M. Syafi'i", "M Syafii", True),
    ("Siti Aminah, S.Kep.", "siti aminah skep", True),
    ("Siti Aminah", "Siti Amina", False),
    ("Siti Aminah", "Aminah Siti", False),
    ("", "", False),
    ("...", "'", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_spelling_does_not_make_another_name(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same

"""Identity numbers on paper and before strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib import numbers

NIP = "197906062001042001"
NI_PPPK = "199003152023211007"
NIK = "1472011701940001"


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [
        (NIP, "NIP", "19790606 200104 2 001"),
        (NI_PPPK, "NI_PPPK", "19900315 202321 1 007"),
        (NIK, "NIK", "1472 0117 0194 0001"),
    ],
)
def test_a_number_is_printed_in_the_groups_of_its_kind(number, kind, printed):
    assert numbers.printed(number, kind) == printed


@pytest.mark.parametrize("number", ["", "1979", NIP[:-1], NIP + "0", NIK])
def test_a_number_of_the_wrong_length_is_printed_as_it_is(number):
    assert numbers.printed(number, "NIP") == number


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        numbers.printed(NIP, "NPWP")


def test_a_masked_number_shows_neither_birthday_nor_appointment():
    assert numbers.masked(NIP) == "1979•••••••••••001"
    assert numbers.masked(NIK) == "1472•••••••••001"


@given(st.text("0123456789", max_size=12))
def test_a_number_too_short_to_hide_is_hidden_whole(number):
    assert numbers.masked(number) == "•" * len(number)


@given(st.text("0123456789", min_size=13, max_size=30))
def test_masking_keeps_seven_characters_and_the_length(number):
    masked = numbers.masked(number)
    assert len(masked) == len(number)
    assert masked.replace("•", "") == number[:4] + number[-3:]

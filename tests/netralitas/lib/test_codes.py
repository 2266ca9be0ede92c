"""Codes that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib import codes

RECEIPTS = st.integers(0, 2**128 - 1).map(codes.encode)
SLOPPY = str.maketrans("01", "oL")


def test_the_digits_are_crockfords():
    assert codes.encode(0) == "0" * 26
    assert codes.encode(31) == "0" * 25 + "Z"
    assert codes.encode(2**128 - 1) == "7" + "Z" * 25
    assert codes.encode(0x0123456789ABCDEF0123456789ABCDEF) == "014D2PF2DBSQQG28T5CY4TQKFF"


def test_a_new_receipt_has_128_random_bits():
    receipts = {codes.new_receipt() for _ in range(500)}
    assert len(receipts) == 500
    assert {len(receipt) for receipt in receipts} == {26}
    assert {receipt[0] for receipt in receipts} == set("01234567")
    assert set("".join(receipts)) == set(codes.CROCKFORD)


@given(RECEIPTS)
def test_a_receipt_is_read_back_from_print(receipt):
    printed = codes.grouped(receipt)
    assert [len(group) for group in printed.split("-")] == [5, 5, 5, 5, 6]
    assert codes.normalise(printed) == receipt


@given(RECEIPTS)
def test_a_receipt_typed_carelessly_is_still_read(receipt):
    typed = codes.grouped(receipt).translate(SLOPPY).lower().replace("-", " – ")
    assert codes.normalise(f"  {typed}\n") == receipt


def test_i_and_l_are_read_as_one_and_o_as_zero():
    assert codes.normalise("ilILoO" + "Z" * 20) == "111100" + "Z" * 20


@pytest.mark.parametrize(
    "typed",
    ["", "-", "Z" * 25, "Z" * 27, "U" + "Z" * 25, "Z" * 25 + "é", "Z" * 25 + "*", "ß" * 13],
)
def test_what_cannot_be_a_receipt_is_none(typed):
    assert codes.normalise(typed) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_code_or_none(typed):
    code = codes.normalise(typed)
    assert code is None or codes.normalise(code) == code


def test_a_ceremony_code_has_no_character_with_a_look_alike():
    made = [codes.new_ceremony_code() for _ in range(500)]
    assert {len(code) for code in made} == {8}
    assert not set("".join(made)) & set("0O1IL2Z5S8BU")
    assert len(set(made)) == 500


def test_a_ceremony_code_typed_carelessly_is_still_read():
    assert codes.normalise_ceremony_code(" ac34-ngxy ") == "AC34NGXY"


@pytest.mark.parametrize("typed", ["", "AC34NGX", "AC34NGXYY", "AC34NGX0", "AC34NGXÉ"])
def test_what_cannot_be_a_ceremony_code_is_none(typed):
    assert codes.normalise_ceremony_code(typed) is None

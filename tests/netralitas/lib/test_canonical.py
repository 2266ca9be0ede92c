"""Canonical records and their digests."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex

RECORDS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_a_record_has_one_form():
    record = {"nama": "Peña", "a": [1, True, None, {"z": "", "b": "x y"}], "B": -7}
    expected = '{"B":-7,"a":[1,true,null,{"b":"x y","z":""}],"nama":"Peña"}'
    assert canonical(record) == expected.encode()
    assert canonical(dict(reversed(record.items()))) == expected.encode()


def test_a_tuple_is_written_as_a_list():
    assert canonical({"titik": ("a", "b")}) == b'{"titik":["a","b"]}'


@given(RECORDS)
def test_any_record_is_read_back_as_it_was(record):
    written = canonical(record)
    assert json.loads(written) == record
    assert canonical(json.loads(written)) == written


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), float("inf"), Decimal(1), b"x", {1}, {1: "a"}, {None: 1}, [{"a": 1.0}]],
)
def test_what_two_readers_could_write_differently_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), ["\ud800"], {"\udfff": 1}])
def test_a_number_too_large_or_text_that_is_not_unicode_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011
        canonical(value)


def test_digests_are_those_of_sha_256_and_rfc_9162():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert sha256_hex(b"") == empty
    assert leaf_digest(b"") == empty_leaf
    assert leaf_digest(b"abc") == sha256_hex(b"\x00abc")

"""JSON in the streams of files that anybody may have written, at a cost that has a bound."""

import io
import random
import time
import tracemalloc
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib.attached_json import (
    LONGEST,
    MOST_FOUND,
    MOST_STREAMS,
    attached_json,
    claims_to_be_encrypted,
    claims_to_be_pdf,
)

TEXT = b'{"a":"catatan"}'
LARGEST_FILE = 2 * 1024 * 1024
MOST_SECONDS = 3
MOST_MEMORY = 4 * 1024 * 1024


def stream(content, line_break=b"\n"):
    return b"<< >>\nstream" + line_break + content + b"\nendstream\n"


def pdf_with(text, **saving):
    """A PDF that a library wrote, with a text attached."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["catatan.json"] = pikepdf.AttachedFileSpec(pdf, text)
    target = io.BytesIO()
    pdf.save(target, **saving)
    return target.getvalue()


# What is found ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "saving",
    [
        {},
        {"linearize": True},
        {"compress_streams": False},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"recompress_flate": True},
        {"stream_decode_level": pikepdf.StreamDecodeLevel.all, "compress_streams": False},
    ],
)
def test_an_attached_text_is_found_however_the_file_was_saved(saving):
    assert attached_json(pdf_with(TEXT, **saving)) == [TEXT]


@pytest.mark.parametrize("line_break", [b"\n", b"\r\n"])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_a_deflated_text_is_found_at_any_level(level, line_break):
    assert attached_json(stream(zlib.compress(TEXT, level), line_break)) == [TEXT]


def test_several_are_found_in_the_order_of_the_file_and_each_once():
    other = b'{"b":1}'
    content = stream(zlib.compress(other)) + stream(TEXT) + stream(zlib.compress(TEXT))
    assert attached_json(content) == [other, TEXT]


def test_a_locked_file_says_so_and_gives_nothing():
    locked = pdf_with(TEXT, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert claims_to_be_encrypted(locked)
    assert attached_json(locked) == []
    assert not claims_to_be_encrypted(pdf_with(TEXT))


@pytest.mark.parametrize(
    ("content", "claims"),
    [
        (b"%PDF-1.7\n", True),
        (b"\xef\xbb\xbf\n%PDF-2.0", True),
        (b"x" * 1024 + b"%PDF-1.7", False),
        (b"PK\x03\x04", False),
        (b"", False),
    ],
)
def test_a_pdf_says_so_at_its_beginning(content, claims):
    assert claims_to_be_pdf(content) is claims


# What is passed over ------------------------------------------------------------------------------


def test_a_text_has_a_longest_length():
    just = b'{"' + b"x" * (LONGEST - 2)
    assert attached_json(stream(zlib.compress(just))) == [just]
    assert attached_json(stream(zlib.compress(just + b"x"))) == []
    assert attached_json(stream(just + b"x")) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"stream",
        b"stream\n",
        b"stream\nx",
        b"stream\n" + TEXT,
        b"endstream\n" + zlib.compress(TEXT),
        stream(b"bukan catatan"),
        stream(zlib.compress(b"bukan catatan")),
        stream(zlib.compress(b"")),
        stream(zlib.compress(TEXT)[:-1])[:-12],
        stream(zlib.compress(TEXT)[:-4] + b"\0\0\0\0"),
        stream(zlib.compress(TEXT)[:4]),
    ],
)
def test_what_is_no_whole_json_object_is_passed_over(content):
    assert attached_json(content) == []


@given(st.binary(max_size=400), st.binary(max_size=40))
def test_no_bytes_whatever_make_it_fail(before, inside):
    content = before + b"stream\n" + b"\x78\x9c" + inside + b"stream\n" + b'{"' + before
    assert all(text.startswith(b'{"') for text in attached_json(content))


# What it costs ------------------------------------------------------------------------------------


def filled(piece):
    return (piece * (LARGEST_FILE // len(piece) + 1))[:LARGEST_FILE]


BOMB = zlib.compress(b'{"' + bytes(300 * 1024 * 1024), 9)[:LARGEST_FILE]
FULL = zlib.compress(b'{"' + bytes(LONGEST), 9)
HOSTILE = {
    "a deflated bomb of 300 MB": stream(BOMB),
    "thousands of bombs": filled(stream(FULL)),
    "thousands of bombs that never end": filled(stream(FULL[:80])),
    "nothing but the word": filled(b"stream\n"),
    "texts that never end": filled(b'stream\n{"'),
    "headers of nothing": filled(b"stream\n\x78\x9c"),
    "empty blocks without end": stream(b"\x78\x01" + filled(b"\0\0\0\xff\xff")),
    "many with empty blocks": filled(stream(b"\x78\x01" + b"\0\0\0\xff\xff" * 400)),
    "many different texts": b"".join(stream(b'{"%d' % number) for number in range(90_000)),
    "brackets without end": filled(b"["),
    "dictionaries without end": filled(b"<<"),
    "a loop of tables": filled(b"xref\n0 0\ntrailer <</Prev 0>>\nstartxref\n0\n%%EOF\n"),
    "locked again and again": filled(b"/Encrypt "),
    "locked with a long number": b"/Encrypt " + filled(b"1"),
    "locked with much space": filled(b"/Encrypt" + b" " * 1000 + b"1"),
    "chance": random.Random(5).randbytes(LARGEST_FILE),  # noqa: S311
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_costs_more_than_a_bounded_time(name):
    content, began = HOSTILE[name], time.thread_time()
    found = attached_json(content)
    claims_to_be_encrypted(content)
    assert time.thread_time() - began < MOST_SECONDS
    assert len(found) <= MOST_FOUND


@pytest.mark.parametrize("name", ["a deflated bomb of 300 MB", "thousands of bombs"])
def test_no_file_costs_more_than_a_bounded_memory(name):
    tracemalloc.start()
    try:
        attached_json(HOSTILE[name])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < MOST_MEMORY


def test_what_stands_behind_too_many_streams_is_not_looked_at():
    piece = stream(zlib.compress(b"isi"))
    assert attached_json(piece * (MOST_STREAMS - 1) + stream(TEXT)) == [TEXT]
    assert attached_json(piece * MOST_STREAMS + stream(TEXT)) == []


def test_ten_thousand_pages_are_passed_over():
    pdf = pikepdf.new()
    for _ in range(10_000):
        pdf.add_blank_page()
    target = io.BytesIO()
    pdf.save(target)
    assert attached_json(target.getvalue()) == []

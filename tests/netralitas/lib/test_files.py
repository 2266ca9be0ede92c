"""Files that are handed out: safe names, and ZIP archives made while they are sent."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib.files import LONGEST, safe_name, stream_zip

NAMES = [
    ("Dinas Kesehatan", "Dinas Kesehatan"),
    ("Renée Nguyễn D'Ávila, S.Kom.", "Renée Nguyễn D'Ávila, S.Kom"),
    ("Bagian Umum/Perlengkapan", "Bagian Umum Perlengkapan"),
    ('a<b>c:d"e\\f|g?h*i', "a b c d e f g h i"),
    ("  banyak \t spasi\r\n", "banyak spasi"),
    ("../../etc/passwd", ".. .. etc passwd"),
    ("..", "tanpa nama"),
    ("", "tanpa nama"),
    ("\x00\x07", "tanpa nama"),
    ("pakta\u202efdp.exe", "pakta fdp.exe"),
    ("nama\u200b\ud800", "nama"),
    ("akhir. . ", "akhir"),
    ("CONIN$", "CONIN$_"),
    ("conout$.txt", "conout$.txt_"),
    ("conin", "conin"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_keeps_what_every_system_accepts(text, name):
    assert safe_name(text) == name


@given(st.text())
def test_whatever_comes_the_name_is_safe_and_not_too_long(text):
    name = safe_name(text)
    assert 0 < len(name.encode()) <= LONGEST
    assert not set(name) & set('<>:"/\\|?*\x00\r\n')
    assert name == name.strip() == name.rstrip(".")


def test_a_long_name_is_cut_between_letters():
    assert safe_name("é" * 200) == "é" * (LONGEST // 2)


# ZIP --------------------------------------------------------------------------------------------


def archive_of(members):
    archive = ZipFile(BytesIO(b"".join(stream_zip(members))))
    assert archive.testzip() is None
    return archive


def contents(members):
    archive = archive_of(members)
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_holds_every_member_as_it_was():
    members = [("Dinas/Renée.pdf", b"satu"), ("Dinas/Unit/Adi.pdf", b""), ("b.pdf", b"x" * 70000)]
    assert contents(members) == dict(members)
    assert {info.compress_type for info in archive_of(members).infolist()} == {ZIP_STORED}


def test_an_archive_of_nothing_is_a_valid_archive():
    assert contents([]) == {}


def test_a_name_that_comes_again_gets_a_number():
    members = [
        ("S.Kom/Siti.pdf", b"1"),
        ("S.Kom/Siti.pdf", b"2"),
        ("S.Kom/SITI.pdf", b"3"),
        ("Siti.pdf", b"4"),
        ("S.Kom/tanpa", b"5"),
        ("S.Kom/tanpa", b"6"),
    ]
    assert contents(members) == {
        "S.Kom/Siti.pdf": b"1",
        "S.Kom/Siti (2).pdf": b"2",
        "S.Kom/SITI (3).pdf": b"3",
        "Siti.pdf": b"4",
        "S.Kom/tanpa": b"5",
        "S.Kom/tanpa (2)": b"6",
    }


def test_one_member_is_made_at_a_time_and_sent_at_once():
    made = []

    def members():
        for n in range(3):
            made.append(n)
            yield f"{n}.pdf", bytes([65 + n]) * 1000

    sent = stream_zip(members())
    assert made == []
    first = next(sent)
    assert (made, b"A" * 1000 in first) == ([0], True)
    second = next(sent)
    assert (made, b"B" * 1000 in second, b"A" in second[:10]) == ([0, 1], True, False)


def test_a_member_that_cannot_be_made_breaks_the_archive_off():
    def members():
        yield "1.pdf", b"satu"
        raise FileNotFoundError("2.pdf")

    sent = stream_zip(members())
    next(sent)
    with pytest.raises(FileNotFoundError):
        next(sent)

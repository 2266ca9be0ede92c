"""Files as handed over: bounds and what cannot be opened."""

import hashlib

import pytest

from agencies.errors import RosterError
from agencies.roster.sources import MAX_BYTES, Source, source_from_path


def test_a_file_keeps_its_name_without_the_folder_and_its_digest(tmp_path):
    path = tmp_path / "siasn-pns.csv"
    path.write_bytes(b"NIP;NAMA\n")
    source = source_from_path(path)
    assert source.name == "siasn-pns.csv"
    assert source.sha256 == hashlib.sha256(b"NIP;NAMA\n").hexdigest()
    assert "NAMA" not in repr(source)


def test_a_missing_file_a_folder_and_a_nul_in_the_name_are_refused(tmp_path):
    for path in (tmp_path / "tiada.csv", tmp_path, "a\0b.csv"):
        with pytest.raises(RosterError, match=r"tidak dapat dibuka\. Periksa nama, letak"):
            source_from_path(path)


def test_an_empty_file_is_refused():
    with pytest.raises(RosterError, match=r"^Berkas kosong\.csv kosong\.$"):
        Source("kosong.csv", b" \r\n")


def test_a_file_over_60_mb_is_refused_without_being_read(tmp_path):
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(RosterError, match=r"^Berkas besar\.csv lebih besar dari 60 MB\.$"):
        source_from_path(path)
    with pytest.raises(RosterError, match="lebih besar dari 60 MB"):
        Source("besar.csv", b"x" * (MAX_BYTES + 1))

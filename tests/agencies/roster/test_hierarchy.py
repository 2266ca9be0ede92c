"""HierarkiUnor: one sound tree of the right government, or a sentence."""

import pytest

from agencies.errors import RosterError
from agencies.roster.hierarchy import read_hierarchy
from agencies.roster.sources import Source

from .files import SLUG, csv_file, hierarchy_file, pns

ROOT = ("R", "Pemerintah Kota Dumai", None)


def read(*units):
    return read_hierarchy(hierarchy_file(*units), SLUG)


def test_units_come_parents_first_in_the_order_of_the_file():
    hierarchy = read(("B", "Bidang", "D"), ("D", "Dinas", "R"), ("E", "Badan", "R"), ROOT)
    assert [(unit.id, unit.name, unit.parent_id) for unit in hierarchy.units] == [
        ("R", "Pemerintah Kota Dumai", ""),
        ("D", "Dinas", "R"),
        ("E", "Badan", "R"),
        ("B", "Bidang", "D"),
    ]
    assert hierarchy.root.row == 5


def test_a_csv_hierarchy_is_read_as_well():
    data = b"id;nama unor;id atasan\r\nR;Pemerintah Kota Dumai;\r\nD;Dinas;R\r\n"
    assert len(read_hierarchy(Source("h.csv", data), SLUG).units) == 2


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ([ROOT, ("S", "Kota Lain", None)], "memiliki 2 akar (baris 2, 3); harus tepat satu."),
        ([("A", "A", "B"), ("B", "B", "A")], "tidak memiliki akar: tidak ada ID_ATASAN yang"),
        ([ROOT, ("A", "A", "B"), ("B", "B", "A")], "baris 3, ID_ATASAN membentuk lingkaran."),
        ([ROOT, ("A", "A", "A")], "baris 3, ID_ATASAN membentuk lingkaran."),
        ([ROOT, ("A", "A", "X")], "baris 3, ID_ATASAN tidak ada di dalam berkas."),
        ([ROOT, ("R", "A", "R")], "baris 3, ID sama dengan ID pada baris 2."),
        ([ROOT, ("A", None, "R")], "baris 3, ID atau NAMA_UNOR kosong."),
        ([ROOT, ("A", "x" * 256, "R")], "baris 3, ID atau NAMA_UNOR terlalu panjang."),
        ([ROOT, ("x" * 65, "A", "R")], "baris 3, ID atau NAMA_UNOR terlalu panjang."),
    ],
)
def test_a_broken_hierarchy_is_refused_with_its_row(units, sentence):
    with pytest.raises(RosterError) as caught:
        read(*units)
    assert sentence in caught.value.message


def test_a_tree_deeper_than_can_be_stored_is_refused():
    chain = [(f"U{n}", f"Unit {n}", f"U{n - 1}" if n else "R") for n in range(63)]
    with pytest.raises(RosterError, match="lebih dalam dari 63 tingkat"):
        read(ROOT, *chain)
    assert len(read(ROOT, *chain[:-1]).units) == 63


def test_the_hierarchy_of_another_government_is_refused():
    with pytest.raises(RosterError) as caught:
        read(("R", "Pemerintah Kota Pekanbaru", None))
    assert caught.value.message == (
        "Berkas hierarki-unor.xlsx adalah hierarki Pemerintah Kota Pekanbaru, "
        "bukan hierarki kota-dumai."
    )


def test_a_short_name_too_long_to_be_stored_is_refused():
    name = "kota " + "x" * 80
    source = hierarchy_file(("R", f"Pemerintah {name}", None))
    with pytest.raises(RosterError, match="lebih panjang dari 80 huruf"):
        read_hierarchy(source, name.replace(" ", "-"))


def test_a_roster_in_its_place_is_refused():
    with pytest.raises(RosterError, match=r"pns\.csv adalah daftar pegawai; unggah sebagai daftar"):
        read_hierarchy(csv_file(pns(1)), SLUG)

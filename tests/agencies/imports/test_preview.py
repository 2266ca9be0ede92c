"""GET /impor/<uuid>/: the preview, and what stays of it"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.choices import ImportState
from agencies.models import Event
from tests.agencies.roster.files import UNITS, hierarchy_file, pns
from tests.pledges.views.pages import text_of

from .pages import LIST, address, figures_of, file_of, rows_of


def test_figures_count_the_groups_and_filter_them(client, hr, changes):
    response = client.get(address("import-detail", changes))
    assert figures_of(response) == {
        "Baru": 1,
        "Berubah": 1,
        "Pindah unit": 1,
        "Keluar": 0,
        "Tetap": 0,
        "Ditolak": 1,
        "Peringatan": 0,
    }
    assert 'href="?group=REJECTED#baris"' in response.content.decode()
    assert len(rows_of(response)) == 4
    rejected = client.get(address("import-detail", changes), {"group": "REJECTED"})
    assert 'href="?#baris" aria-current="true"' in rejected.content.decode()
    assert len(rows_of(rejected)) == 1


def test_a_change_is_told_field_by_field_old_and_new(client, hr, changes):
    response = client.get(address("import-detail", changes), {"group": "CHANGED"})
    text = text_of(response)
    assert "Jabatan PERAWAT AHLI MUDA" in text
    assert "<del>PERAWAT AHLI MUDA</del>" in response.content.decode()
    assert "<ins>PERAWAT AHLI MADYA</ins>" in response.content.decode()
    assert "081200000000" in text


def test_a_move_is_told_with_origin_and_destination(client, hr, changes):
    row = rows_of(client.get(address("import-detail", changes), {"group": "MOVED"}))[0]
    assert row[1].index("Dinas Kesehatan") < row[1].index("Dinas Perhubungan")


def test_a_rejected_row_is_told_with_file_row_column_and_reason(client, hr, changes):
    row = rows_of(client.get(address("import-detail", changes), {"group": "REJECTED"}))[0]
    assert "dibulatkan oleh Excel" in row[1]
    assert "pns.csv" in row[2]
    assert "baris 5, NIP BARU" in row[2]


@pytest.mark.parametrize(
    ("words", "found"),
    [("rahmawati 3", 1), ("19790606 200104 2 002", 1), ("perhubungan", 1), ("excel", 1), ("x%", 0)],
)
def test_lines_are_searched_by_name_number_unit_and_reason(client, hr, changes, words, found):
    response = client.get(address("import-detail", changes), {"q": words})
    assert len(rows_of(response)) == found


def test_lines_are_sorted(client, hr, changes):
    response = client.get(address("import-detail", changes), {"sort": "-name"})
    assert "RAHMAWATI 4" in rows_of(response)[0][0]


@pytest.mark.parametrize("query", ["group=bogus", "page=x", "sort=-bogus", "q=%00", "per_page=0"])
def test_nonsense_in_the_query_is_answered_with_a_page(client, hr, changes, query):
    assert client.get(f"{address('import-detail', changes)}?{query}").status_code == 200


def test_an_auditor_sees_that_contact_data_changes_not_how(client, hr, dumai, changes):
    client.force_login(dumai.auditor)
    response = client.get(address("import-detail", changes))
    assert "Nomor ponsel (tidak ditampilkan)" in text_of(response)
    assert "081200000000" not in response.content.decode()
    assert "Menunggu persetujuan BKPSDM Belum ada yang ditulis." in text_of(response)
    for words in ("Terapkan", "Buang", "Baca ulang", "Unduh baris yang ditolak"):
        assert words not in text_of(response)


def test_the_same_files_again_change_nothing_and_ask_for_no_yes(client, hr, upload, run_tasks):
    again = upload(file_of(pns(1), pns(2)))
    response = client.get(address("import-detail", again))
    assert figures_of(response)["Tetap"] == 2
    text = text_of(response)
    assert "Semua yang tercantum dalam berkas sudah tersimpan sama persis." in text
    assert "Terapkan" not in text
    assert "Menunggu persetujuan" not in text
    assert "Tidak ada perubahan" in rows_of(client.get(LIST))[0][-1]
    action = f'action="{address("import-approve", again)}"'
    assert action in response.content.decode()
    client.post(address("import-approve", again), {"plan": again.plan_digest})
    run_tasks()
    again.refresh_from_db()
    assert again.state == ImportState.APPLIED
    assert Event.objects.of(again).first().data["counts"]["unchanged"] == 2
    after = text_of(client.get(address("import-detail", again)))
    assert "Tidak ada data yang berubah." in after


def test_rejected_rows_stay_when_there_was_nothing_else_to_do(client, hr, upload, run_tasks):
    again = upload(file_of(pns(1), pns(2), pns(3, NIP_BARU="1,97906E+17")))
    client.post(address("import-approve", again), {"plan": again.plan_digest})
    run_tasks()
    assert len(rows_of(client.get(address("import-detail", again), {"group": "REJECTED"}))) == 1
    assert client.get(address("import-rejects", again)).status_code == 200


def test_rows_that_are_rejected_ask_for_no_yes_either(client, hr, upload):
    again = upload(file_of(pns(1), pns(2), pns(3, NIP_BARU="1,97906E+17")))
    text = text_of(client.get(address("import-detail", again)))
    assert "Semua yang dapat dibaca sudah tersimpan sama persis." in text
    assert "Terapkan" not in text


def test_a_new_unit_alone_asks_for_a_yes(client, hr, upload):
    units = hierarchy_file(*UNITS, ("D3", "Dinas Sosial", "R"))
    more = SimpleUploadedFile("unor.xlsx", units.data)
    found = upload(file_of(pns(1), pns(2)), units=more)
    text = text_of(client.get(address("import-detail", found)))
    assert "Yang akan ditulis: 1 unit baru" in text


def test_an_auditor_is_offered_nothing_where_there_is_nothing_to_do(client, hr, dumai, upload):
    again = upload(file_of(pns(1), pns(2)))
    client.force_login(dumai.auditor)
    text = text_of(client.get(address("import-detail", again)))
    assert "Tidak ada yang perlu diterapkan" in text
    assert "Selesai" not in text

"""POST /impor/<uuid>/terapkan/ and /buang/"""

import re

import pytest
from django.urls import reverse

from agencies.choices import ImportState
from agencies.models import Employee
from tests.agencies.roster.files import nip
from tests.pledges.views.pages import text_of

from .pages import address, figures_of


def approve(client, roster_import, **data):
    """Say yes to the preview as it is known here."""
    sent = {"plan": roster_import.plan_digest, **data}
    return client.post(address("import-approve", roster_import), sent)


def approved(client, roster_import, run_tasks, **data):
    response = approve(client, roster_import, **data)
    assert response.status_code == 302, text_of(response)
    run_tasks()
    roster_import.refresh_from_db()
    return client.get(response.url)


def test_hr_is_told_what_will_be_written_and_it_is(client, hr, changes, run_tasks):
    page = text_of(client.get(address("import-detail", changes)))
    told = ["1 pegawai baru", "1 pegawai dengan data berubah", "1 pegawai pindah unit"]
    assert f"Yang akan ditulis: {' '.join(told)}" in page
    response = approved(client, changes, run_tasks)
    assert changes.state == ImportState.APPLIED
    assert changes.applied_by == hr
    assert f"Impor ini sudah diterapkan Yang ditulis: {', '.join(told)}." in text_of(response)
    assert Employee.objects.get(number=nip(1)).agency.name == "Dinas Perhubungan"
    assert not Employee.objects.filter(name__endswith="4").exists()


def test_what_becomes_of_those_who_left_is_told_by_the_choice_made(client, hr, with_leaver):
    page = client.get(address("import-detail", with_leaver)).content.decode()
    details = page[page.index("<div data-confirm-details>") :].partition("</div>")[0]
    deactivated = '<li data-shown-when="leavers=nonaktifkan" hidden>1 pegawai dinonaktifkan</li>'
    assert deactivated in details
    assert '<li data-shown-when="leavers=biarkan" hidden>tidak ada pegawai' in details
    assert "menurut pilihan Anda di atas:</p>" in page[page.index("<noscript>") :]


def test_those_who_left_stay_active_until_somebody_decides(client, hr, with_leaver, run_tasks):
    response = approve(client, with_leaver)
    assert response.status_code == 400
    assert "Bidang ini tidak boleh kosong." in text_of(response)
    with_leaver.refresh_from_db()
    assert with_leaver.state == ImportState.READY


@pytest.mark.parametrize(("choice", "active"), [("nonaktifkan", False), ("biarkan", True)])
def test_those_who_left_become_what_hr_decides(client, hr, with_leaver, run_tasks, choice, active):
    response = approved(client, with_leaver, run_tasks, leavers=choice)
    assert Employee.objects.get(number=nip(2)).active is active
    told = text_of(response)
    assert ("Yang ditulis: 1 pegawai dinonaktifkan." in told) is not active
    assert ("Tidak ada data yang berubah." in told) is active


def test_an_approval_sent_twice_is_refused_the_second_time(client, hr, changes, run_tasks):
    approved(client, changes, run_tasks)
    response = approve(client, changes)
    assert response.status_code == 409
    assert "Impor ini berstatus “Sudah diterapkan”" in text_of(response)


def test_a_page_left_open_approves_no_preview_that_was_made_since(client, hr, changes, run_tasks):
    page = client.get(address("import-detail", changes)).content.decode()
    seen = re.search(r'name="plan" value="([0-9a-f]{64})"', page)[1]
    Employee.objects.filter(number=nip(2)).update(position="KEPALA DINAS")
    client.post(address("import-read-again", changes))
    run_tasks()
    response = approve(client, changes, plan=seen)
    assert response.status_code == 409
    assert "bukan lagi yang Anda lihat" in text_of(response)
    changes.refresh_from_db()
    assert (changes.state, changes.applied_by) == (ImportState.READY, None)


def test_a_preview_overtaken_by_other_changes_is_shown_anew(client, hr, changes, run_tasks):
    Employee.objects.filter(number=nip(2)).update(position="KEPALA DINAS")
    response = approved(client, changes, run_tasks)
    assert changes.state == ImportState.READY
    assert "Data yang tersimpan berubah sejak pratinjau dibuat" in text_of(response)
    assert "KEPALA DINAS" in text_of(response)


def test_months_later_the_applied_lines_can_still_be_looked_at(client, hr, changes, run_tasks):
    response = approved(client, changes, run_tasks)
    text = text_of(response)
    assert figures_of(response)["Berubah"] == 1
    assert changes.files.get().sha256 in text
    for words in ("Terapkan", "Buang", "Baca ulang"):
        assert f">{words}<" not in response.content.decode()
    person = Employee.objects.get(number=nip(3))
    assert reverse("employee-detail", args=[person.uuid]) in response.content.decode()


def test_a_discarded_import_keeps_its_place_in_the_list_and_nothing_else(client, hr, changes):
    response = client.post(address("import-discard", changes), follow=True)
    assert "Berkas dan pratinjaunya dihapus. Tidak ada data pegawai yang berubah." in text_of(
        response
    )
    page = client.get(address("import-detail", changes))
    assert "Tidak ada yang ditulis dari berkas-berkas ini." in text_of(page)
    assert "RAHMAWATI" not in text_of(page)

"""What the worker makes of an upload: a preview, a question about columns, or a refusal."""

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from agencies import tasks
from agencies.choices import ImportState
from agencies.models import Employee, RosterImport
from agencies.roster.sources import Source
from agencies.services import import_work
from tests.agencies.roster.files import csv_file, pns, unit_counts
from tests.agencies.roster.uploads import (
    Killed,
    again,
    dying_at,
    four_people,
    government,
    lines,
    new_changed_moved_left,
    received,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
UNKNOWN = "8f2b0c8e-6f3c-4c49-9d6f-0d7d0f5a1a11"
COUNTS = {"new": 1, "changed": 1, "moved": 1, "left": 1, "unchanged": 1}


@pytest.fixture(autouse=True)
def stored(db):
    return four_people()


@pytest.fixture
def read_import():
    """An import of everything that can happen to somebody, read."""
    roster_import = received(new_changed_moved_left(), actor=UserFactory())
    import_work.read(str(roster_import.uuid))
    roster_import.refresh_from_db()
    return roster_import


def test_a_read_import_is_ready_with_counts_and_lines(read_import):
    assert read_import.state == ImportState.READY
    assert read_import.counts == COUNTS | {
        "rejected": 1,
        "warnings": 1,
        "units": unit_counts(),
        "heads": 0,
        "heads_if_all_stay": 0,
        "accounts": 0,
        "role_holders": 0,
    }
    assert (read_import.stage, read_import.done, read_import.total) == ("", 0, 0)
    groups = list(read_import.lines.values_list("group", flat=True))
    assert groups == ["NEW", "CHANGED", "MOVED", "LEFT", "REJECTED", "WARNING"]
    assert Employee.objects.count() == 4


def test_reading_twice_makes_one_preview(read_import):
    before = lines(read_import)
    import_work.read(str(read_import.uuid))
    RosterImport.objects.update(state=ImportState.READING, applied_at=None)
    import_work.read(str(read_import.uuid))
    assert lines(read_import) == before


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (Source("surat.pdf", b"%PDF-1.7 \x81"), "Berkas surat.pdf bukan CSV maupun XLSX"),
        (Source("x.xlsx", b"PK\x03\x04xx"), "Berkas x.xlsx bukan XLSX yang utuh."),
        (SimpleNamespace(name="x.csv", data=b" \r\n "), "Berkas x.csv kosong."),
        (
            csv_file(pns(1, INSTANSI_KERJA_NAMA="Pemerintah Kota Pekanbaru")),
            "Berkas pns.csv adalah daftar pegawai pemerintah lain, bukan kota-dumai",
        ),
    ],
)
def test_what_cannot_be_imported_is_refused_with_its_sentence(source, sentence):
    roster_import = received(source)
    import_work.read(str(roster_import.uuid))
    stored = again(roster_import)
    assert stored.state == ImportState.REFUSED
    assert stored.refusal.startswith(sentence)
    assert (stored.counts, stored.lines.count()) == ({}, 0)


@pytest.mark.parametrize("change", ["lost", "changed"])
def test_a_content_that_is_lost_or_not_what_was_uploaded_is_refused(change):
    roster_import = received(csv_file(pns(1)))
    file = roster_import.files.get()
    file.content.storage.delete(file.content.name)
    if change == "changed":
        file.content.storage.save(file.content.name, ContentFile(csv_file(pns(2)).data))
    import_work.read(str(roster_import.uuid))
    assert again(roster_import).refusal == (
        "Isi berkas pns.csv tidak ada lagi di penyimpanan, atau bukan lagi yang diunggah. "
        "Unggah ulang."
    )


def test_an_import_discarded_while_it_is_read_stays_discarded():
    roster_import = received(csv_file(pns(1)))

    def discarding(execute, sql, *rest):
        if "identitynumber" in sql:
            RosterImport.objects.update(state=ImportState.DISCARDED, applied_at=None)
        return execute(sql, *rest)

    with connection.execute_wrapper(discarding):
        import_work.read(str(roster_import.uuid))
    assert again(roster_import).state == ImportState.DISCARDED
    assert roster_import.lines.count() == 0


def test_killed_at_any_query_of_reading_the_next_worker_makes_the_same_preview(read_import):
    expected = lines(read_import)

    def begin():
        RosterImport.objects.filter(pk=read_import.pk).update(
            state=ImportState.READING, plan_digest="", counts={}
        )

    query, killed = 0, 0
    begin()
    while again(read_import).state == ImportState.READING:
        try:
            with dying_at(query):
                import_work.read(str(read_import.uuid))
        except Killed:
            killed += 1
            assert again(read_import).state == ImportState.READING
            assert lines(read_import) == expected
        query += 1
    assert killed > 10
    assert again(read_import).plan_digest == read_import.plan_digest
    assert lines(read_import) == expected


@pytest.mark.parametrize("task", [tasks.read_import, tasks.apply_import])
def test_a_busy_database_is_tried_again_a_little_later(task):
    DBTaskResult.objects.all().delete()

    def busy(execute, sql, *rest):
        if "rosterimport" in sql:
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with pytest.raises(OperationalError), connection.execute_wrapper(busy):
        task.func(UNKNOWN)
    queued = DBTaskResult.objects.get()
    assert queued.run_after > timezone.now()
    assert queued.args_kwargs["args"] == [UNKNOWN, 1]
    with pytest.raises(OperationalError), connection.execute_wrapper(busy):
        task.func(UNKNOWN, len(tasks.PAUSES))
    assert DBTaskResult.objects.count() == 1


def test_an_import_that_is_gone_is_no_error():
    import_work.read(UNKNOWN)
    import_work.apply(UNKNOWN)
    assert RosterImport.objects.filter(government=government()).count() == 1

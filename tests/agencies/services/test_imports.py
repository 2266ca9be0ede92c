"""What people do with imports: upload, approve, discard, read again."""

import hashlib
import io
import json

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django_tasks_db.models import DBTaskResult

from agencies.choices import ImportState, RosterFileKind
from agencies.errors import RosterError, WrongState
from agencies.models import Event, RosterFile, RosterImport, User
from agencies.roster.sources import MAX_BYTES, Source
from agencies.services import imports
from agencies.services.import_states import TRANSITIONS, move
from netralitas.lib.errors import Refusal
from tests.agencies.roster.files import csv_file, hierarchy_file, nip, pns
from tests.agencies.roster.uploads import (
    four_people,
    government,
    new_changed_moved_left,
    received,
    stored_contents,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ROSTER, UNITS = RosterFileKind.ROSTER, RosterFileKind.UNITS


@pytest.fixture(autouse=True)
def stored():
    return four_people()


@pytest.fixture
def ready(run_tasks):
    """An import whose preview waits for a yes."""
    roster_import = received(new_changed_moved_left())
    run_tasks()
    roster_import.refresh_from_db()
    return roster_import


def queued():
    """[(name of the task, its arguments)] in the order of the queue."""
    rows = DBTaskResult.objects.ready().order_by("enqueued_at")
    return [(row.task_path.rpartition(".")[2], row.args_kwargs["args"]) for row in rows]


def file_of(size, name="pns.csv"):
    """An uploaded file that says it has `size` bytes."""
    return UploadedFile(io.BytesIO(b"NIP;NAMA\n"), name, size=size)


# Upload ------------------------------------------------------------------------------------------


def test_what_is_uploaded_is_stored_and_left_to_the_worker():
    actor, source = UserFactory(), csv_file(pns(1))
    roster_import = received(source, units=hierarchy_file(), partial=True, actor=actor)
    assert (roster_import.state, roster_import.partial) == (ImportState.READING, True)
    assert (roster_import.created_by, roster_import.government) == (actor, government())
    roster, units = roster_import.files.all()
    assert (roster.kind, roster.name, roster.size) == (ROSTER, "pns.csv", len(source.data))
    assert roster.sha256 == hashlib.sha256(source.data).hexdigest()
    assert (units.kind, units.name) == (UNITS, "hierarki-unor.xlsx")
    with roster.content.open() as content:
        assert content.read() == source.data
    assert queued() == [("read_import", [str(roster_import.uuid)])]


def test_a_content_lies_under_a_random_name():
    received(csv_file(pns(1), name="daftar.csv"))
    (name,) = stored_contents()
    assert len(name) == 32
    assert "daftar" not in name


def test_an_upload_leaves_an_event_with_digests_and_no_name():
    actor, source = UserFactory(), csv_file(pns(1), name="SITI RAHMAWATI.csv")
    roster_import = received(source, actor=actor)
    event = Event.objects.of(roster_import).get()
    assert (event.act, event.actor) == ("roster.uploaded", actor)
    assert event.data == {
        "files": [{"kind": "ROSTER", "sha256": source.sha256}],
        "bytes": len(source.data),
        "partial": False,
    }


def test_a_large_upload_that_lies_on_the_disk_is_moved_into_the_store():
    source = csv_file(pns(1))
    file = TemporaryUploadedFile("pns.csv", "text/csv", len(source.data), None)
    file.write(source.data)
    file.seek(0)
    roster_import = imports.receive(
        actor=None, government=government(), files=[(ROSTER, file)], partial=False
    )
    file.close()
    stored = roster_import.files.get()
    with stored.content.open() as content:
        assert content.read() == source.data
    assert stored.sha256 == source.sha256


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\siti\\pns.csv", "pns.csv"),
        ("../../etc/pns.csv", "pns.csv"),
        ("a\u202evsc.exe", "a vsc.exe"),
        ("x" * 300 + ".csv", "x" * 180),
    ],
)
def test_a_file_is_shown_without_folder_and_tricks(name, shown):
    file = UploadedFile(io.BytesIO(b"x"), "x", size=1)
    file._name = name
    roster_import = imports.receive(
        actor=None, government=government(), files=[(ROSTER, file)], partial=False
    )
    assert roster_import.files.get().name == shown


def test_two_files_of_the_same_name_are_told_apart():
    roster_import = received(csv_file(pns(1)), csv_file(pns(2)))
    assert [file.name for file in roster_import.files.all()] == ["pns.csv", "pns (2).csv"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Pilih sekurang-kurangnya satu berkas."),
        ([(ROSTER, file_of(9))] * 11, "Paling banyak 10 berkas dalam satu impor."),
        ([(UNITS, file_of(9))] * 2, "Paling banyak satu berkas hierarki unit dalam satu impor."),
        ([(ROSTER, file_of(0))], "Berkas pns.csv kosong."),
        ([(ROSTER, file_of(200 * 1024 * 1024))], "Berkas pns.csv lebih besar dari 60 MB."),
        ([(ROSTER, file_of(MAX_BYTES))] * 2, "bersama-sama lebih besar dari 100 MB."),
    ],
)
def test_too_many_too_large_and_empty_files_are_refused_unread(files, sentence):
    before = RosterImport.objects.count()
    with pytest.raises(RosterError) as caught:
        imports.receive(actor=None, government=government(), files=files, partial=False)
    assert sentence in caught.value.message
    assert (RosterImport.objects.count(), stored_contents(), queued()) == (before, [], [])


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ([(ROSTER, file_of(0)), (UNITS, file_of(9))], "files"),
        ([(ROSTER, file_of(9)), (UNITS, file_of(0))], "units"),
        ([(ROSTER, file_of(9)), (UNITS, file_of(200 * 1024 * 1024))], "units"),
    ],
)
def test_a_file_too_large_or_empty_is_told_of_beside_the_field_it_was_chosen_in(files, field):
    with pytest.raises(RosterError) as caught:
        imports.receive(actor=None, government=government(), files=files, partial=False)
    assert caught.value.field == field


def test_the_same_file_twice_is_refused_and_nothing_stays_stored():
    before = RosterFile.objects.count()
    other = csv_file(pns(1), name="lagi.csv")
    with pytest.raises(RosterError) as caught:
        received(csv_file(pns(2)), csv_file(pns(1)), other)
    assert caught.value.message == "Berkas lagi.csv sama isinya dengan pns (2).csv."
    assert (RosterFile.objects.count(), stored_contents(), queued()) == (before, [], [])


def test_a_failure_at_the_very_end_leaves_nothing_stored():
    with pytest.raises(ValueError, match="unsaved related object"):
        received(csv_file(pns(1)), actor=User(username="x"))
    assert (stored_contents(), queued()) == ([], [])


# Approval ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("deactivate", [True, False])
def test_a_yes_is_kept_with_who_said_it_and_left_to_the_worker(ready, deactivate):
    actor = UserFactory()
    imports.approve(
        actor=actor, roster_import=ready, plan_digest=ready.plan_digest, deactivate=deactivate
    )
    stored = RosterImport.objects.get(pk=ready.pk)
    assert (stored.state, stored.applied_by) == (ImportState.APPLYING, actor)
    assert (stored.deactivates, stored.applied_at) == (deactivate, None)
    assert queued() == [("apply_import", [str(ready.uuid)])]
    event = Event.objects.of(ready).first()
    assert (event.act, event.actor) == ("roster.approved", actor)
    assert event.data == {"plan": stored.plan_digest, "deactivates": deactivate}


def test_whether_those_who_left_become_inactive_a_person_must_say(ready):
    with pytest.raises(Refusal) as caught:
        imports.approve(
            actor=UserFactory(), roster_import=ready, plan_digest=ready.plan_digest, deactivate=None
        )
    assert caught.value.message == "Putuskan apakah pegawai yang keluar dinonaktifkan."
    assert RosterImport.objects.get(pk=ready.pk).state == ImportState.READY
    assert queued() == []


def test_where_nobody_left_there_is_nothing_to_say(run_tasks):
    roster_import = received(csv_file(pns(9)), partial=True)
    run_tasks()
    roster_import.refresh_from_db()
    imports.approve(
        actor=UserFactory(),
        roster_import=roster_import,
        plan_digest=roster_import.plan_digest,
        deactivate=None,
    )
    assert roster_import.state == ImportState.APPLYING


def test_a_second_yes_and_one_too_early_are_refused(ready):
    early = received(csv_file(pns(9)))
    with pytest.raises(WrongState, match="berstatus “Sedang dibaca”"):
        imports.approve(
            actor=None, roster_import=early, plan_digest=early.plan_digest, deactivate=True
        )
    imports.approve(actor=None, roster_import=ready, plan_digest=ready.plan_digest, deactivate=True)
    with pytest.raises(WrongState, match="berstatus “Sedang diterapkan”"):
        imports.approve(
            actor=None, roster_import=ready, plan_digest=ready.plan_digest, deactivate=True
        )


# Giving up and beginning again -------------------------------------------------------------------


def test_a_discarded_import_keeps_neither_content_nor_lines(
    ready, django_capture_on_commit_callbacks
):
    actor = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        imports.discard(actor=actor, roster_import=ready)
    assert ready.state == ImportState.DISCARDED
    assert (stored_contents(), ready.lines.count()) == ([], 0)
    file = ready.files.get()
    assert (file.content.name, file.name, len(file.sha256)) == ("", "pns.csv", 64)
    event = Event.objects.of(ready).first()
    assert (event.act, event.actor) == ("roster.discarded", actor)


def test_contents_stay_if_the_discarding_does_not_last(ready, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        imports.discard(actor=None, roster_import=ready)
    assert len(stored_contents()) == 1


def test_what_is_being_applied_cannot_be_discarded(ready):
    imports.approve(actor=None, roster_import=ready, plan_digest=ready.plan_digest, deactivate=True)
    ready.stage = "Menulis 3 pegawai sekaligus"
    with pytest.raises(WrongState, match="sedang atau sudah diterapkan"):
        imports.discard(actor=None, roster_import=ready)
    assert len(stored_contents()) == 1


def test_who_looked_before_an_approval_discards_nothing(ready):
    looked = RosterImport.objects.get(pk=ready.pk)
    imports.approve(actor=None, roster_import=ready, plan_digest=ready.plan_digest, deactivate=True)
    with pytest.raises(WrongState, match="tidak dapat menjadi “Dibuang”"):
        imports.discard(actor=None, roster_import=looked)


def test_files_are_read_again_from_the_beginning(ready):
    actor = UserFactory()
    imports.read_again(actor=actor, roster_import=ready)
    event = Event.objects.of(ready).first()
    assert (event.act, event.actor) == ("roster.read_again", actor)
    assert (ready.state, ready.counts, ready.plan_digest) == (ImportState.READING, {}, "")
    assert queued() == [("read_import", [str(ready.uuid)])]


def test_what_was_refused_is_read_again_without_its_refusal(run_tasks):
    roster_import = received(Source("x.csv", b"tidak ada apa-apa"))
    run_tasks()
    roster_import.refresh_from_db()
    assert (roster_import.state, bool(roster_import.refusal)) == (ImportState.REFUSED, True)
    imports.read_again(actor=None, roster_import=roster_import)
    assert (roster_import.state, roster_import.refusal) == (ImportState.READING, "")


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.DISCARDED])
def test_elsewhere_reading_again_is_refused(state):
    roster_import = received(csv_file(pns(1)))
    RosterImport.objects.update(state=state, applied_at=None)
    roster_import.refresh_from_db()
    with pytest.raises(WrongState):
        imports.read_again(actor=None, roster_import=roster_import)


# States ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ImportState)
@pytest.mark.parametrize("source", ImportState)
def test_a_state_follows_another_only_as_the_table_says(source, target):
    at = "2026-01-01T00:00:00Z" if source == ImportState.APPLIED else None
    roster_import = RosterImport.objects.create(
        government=government(), state=source, applied_at=at
    )
    fields = {"applied_at": "2026-01-01T00:00:00Z"} if target == ImportState.APPLIED else {}
    if target in TRANSITIONS[source]:
        move(roster_import, target, **fields)
        assert roster_import.state == target
    else:
        with pytest.raises(WrongState):
            move(roster_import, target, **fields)
        assert roster_import.state == source


def test_of_two_who_change_the_state_one_succeeds(ready):
    other = RosterImport.objects.get(pk=ready.pk)
    move(ready, ImportState.DISCARDED)
    with pytest.raises(WrongState):
        move(other, ImportState.APPLYING)
    assert other.state == ImportState.DISCARDED


def test_no_event_of_an_import_holds_anything_of_a_person(ready, run_tasks):
    imports.approve(
        actor=UserFactory(), roster_import=ready, plan_digest=ready.plan_digest, deactivate=True
    )
    run_tasks()
    told = json.dumps(list(Event.objects.values_list("data", flat=True)))
    assert not any(secret in told for secret in ("SITI", nip(1), nip(5), "081212046497"))

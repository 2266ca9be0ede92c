"""What the worker writes of an approved import: once, twice, killed half-way, too late."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from agencies.choices import ImportState, LineGroup
from agencies.models import Agency, Employee, Event, Placement
from agencies.services import import_work, imports
from tests.agencies.roster.files import csv_file, hierarchy_file, nip, pns
from tests.agencies.roster.uploads import (
    Killed,
    again,
    dying_at,
    four_people,
    new_changed_moved_left,
    people,
    received,
    stored_contents,
)
from tests.factories import EmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
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


@pytest.fixture
def approved(read_import):
    """The same, approved by whoever uploaded it, those who left to be deactivated."""
    actor = read_import.created_by
    return imports.approve(
        actor=actor, roster_import=read_import, plan_digest=read_import.plan_digest, deactivate=True
    )


def test_an_approved_import_is_written_with_all_that_belongs_to_it(approved):
    started = timezone.now()
    import_work.apply(str(approved.uuid))
    stored = again(approved)
    assert (stored.state, stored.applied_by) == (ImportState.APPLIED, approved.created_by)
    assert started <= stored.applied_at <= timezone.now()
    by_id = {employee.siasn_id: employee for employee in Employee.objects.select_related("agency")}
    assert by_id["P1"].name == "SITI BARU"
    assert by_id["P2"].agency.siasn_id == "D2S"
    assert (by_id["P4"].active, by_id["P5"].active) == (False, True)
    assert "P6" not in by_id


def test_each_line_says_whom_it_concerned(approved):
    assert not approved.lines.exclude(employee=None).exists()
    import_work.apply(str(approved.uuid))
    found = approved.lines.values_list("group", "employee__siasn_id")
    assert list(found) == [
        (LineGroup.NEW, "P5"),
        (LineGroup.CHANGED, "P1"),
        (LineGroup.MOVED, "P2"),
        (LineGroup.LEFT, "P4"),
        (LineGroup.REJECTED, None),
        (LineGroup.WARNING, None),
    ]


def test_where_new_and_moved_people_work_is_added_to_their_history(approved):
    import_work.apply(str(approved.uuid))
    places = Placement.objects.order_by("id").values_list("employee__siasn_id", "agency__siasn_id")
    assert list(places)[4:] == [("P5", "D1"), ("P2", "D2S")]


def test_an_applied_import_leaves_one_event_with_digests_and_counts(approved):
    import_work.apply(str(approved.uuid))
    event = Event.objects.of(approved).first()
    assert (event.act, event.actor) == ("roster.applied", approved.created_by)
    file = approved.files.get()
    assert event.data["files"] == [{"sha256": file.sha256}]
    assert event.data["counts"] == COUNTS | {"rejected": 1, "warnings": 1}
    assert (event.data["deactivates"], event.data["partial"]) == (True, False)


def test_who_left_stays_active_if_that_was_decided(read_import):
    imports.approve(
        actor=UserFactory(),
        roster_import=read_import,
        plan_digest=read_import.plan_digest,
        deactivate=False,
    )
    import_work.apply(str(read_import.uuid))
    assert Employee.objects.get(siasn_id="P4").active
    assert read_import.lines.get(group=LineGroup.LEFT).employee is None
    assert again(read_import).counts["left"] == 1


def test_contents_are_removed_when_all_is_committed(approved, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        import_work.apply(str(approved.uuid))
        assert len(stored_contents()) == 1
    assert stored_contents() == []
    assert approved.files.get().content.name == ""


def test_the_same_files_again_find_everything_unchanged(approved):
    import_work.apply(str(approved.uuid))
    before = people()
    roster_import = received(new_changed_moved_left())
    import_work.read(str(roster_import.uuid))
    counts = again(roster_import).counts
    assert {name: counts[name] for name in COUNTS} == dict.fromkeys(COUNTS, 0) | {"unchanged": 4}
    imports.approve(
        actor=None,
        roster_import=again(roster_import),
        plan_digest=again(roster_import).plan_digest,
        deactivate=None,
    )
    import_work.apply(str(roster_import.uuid))
    assert people() == before


def test_applying_twice_writes_once(approved):
    import_work.apply(str(approved.uuid))
    before = people()
    import_work.apply(str(approved.uuid))
    assert people() == before
    assert Event.objects.filter(act="roster.applied").count() == 2  # and that of the fixture


def test_killed_at_any_query_nothing_is_half_written_and_the_next_worker_finishes(approved):
    before, applied = people(), Event.objects.filter(act="roster.applied").count()
    query, killed = 0, 0
    while again(approved).state == ImportState.APPLYING:
        try:
            with dying_at(query):
                import_work.apply(str(approved.uuid))
        except Killed:
            killed += 1
            assert again(approved).state == ImportState.APPLYING
            assert people() == before
        query += 1
    assert killed > 20
    assert Employee.objects.get(siasn_id="P1").name == "SITI BARU"
    assert Event.objects.filter(act="roster.applied").count() == applied + 1


def test_a_content_left_by_a_worker_killed_after_the_commit_is_removed(
    approved, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=False):
        import_work.apply(str(approved.uuid))
    assert len(stored_contents()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        import_work.apply(str(approved.uuid))
    assert stored_contents() == []


def test_an_approval_that_no_longer_holds_leaves_an_event_of_what_it_was_for(approved):
    Employee.objects.filter(siasn_id="P1").update(name="SITI DIUBAH HR")
    import_work.apply(str(approved.uuid))
    event = Event.objects.of(approved).first()
    assert (event.act, event.actor) == ("roster.outdated", None)
    assert event.data == {"plan": approved.plan_digest}


def test_an_approved_import_that_is_refused_leaves_an_event(approved):
    approved.files.get().content.delete(save=False)
    import_work.apply(str(approved.uuid))
    assert again(approved).state == ImportState.REFUSED
    event = Event.objects.of(approved).first()
    assert (event.act, event.data) == ("roster.refused", {"plan": approved.plan_digest})


def test_if_the_stored_data_has_changed_nothing_is_written_and_the_preview_is_new(approved):
    Employee.objects.filter(siasn_id="P1").update(name="SITI DIUBAH HR")
    before = people()
    import_work.apply(str(approved.uuid))
    assert people() == before
    stored = again(approved)
    assert (stored.state, stored.applied_by) == (ImportState.READY, None)
    assert stored.refusal.startswith("Data yang tersimpan berubah sejak pratinjau dibuat")
    assert stored.plan_digest != approved.plan_digest
    changed = stored.lines.get(group=LineGroup.CHANGED)
    assert changed.changes == [{"field": "name", "old": "SITI DIUBAH HR", "new": "SITI BARU"}]
    imports.approve(
        actor=UserFactory(), roster_import=stored, plan_digest=stored.plan_digest, deactivate=True
    )
    import_work.apply(str(stored.uuid))
    assert (again(stored).state, again(stored).refusal) == (ImportState.APPLIED, "")


def move_to_another_agency():
    Employee.objects.filter(siasn_id="P3").update(agency=Agency.objects.get(siasn_id="S"))


def let_somebody_join():
    EmployeeFactory(agency=Agency.objects.get(siasn_id="S"))


def merge_a_unit():
    units = {agency.siasn_id: agency for agency in Agency.objects.all()}
    Agency.objects.filter(siasn_id="D1").update(retired_at=timezone.now(), merged_into=units["D2"])


@pytest.mark.parametrize("change", [move_to_another_agency, let_somebody_join, merge_a_unit])
def test_whatever_changed_that_matters_asks_for_a_new_yes(approved, change):
    change()
    import_work.apply(str(approved.uuid))
    assert again(approved).state == ImportState.READY


def test_what_changed_and_does_not_matter_stops_nothing(approved):
    Agency.objects.filter(siasn_id="S").update(address="Jalan Baru")
    import_work.apply(str(approved.uuid))
    assert again(approved).state == ImportState.APPLIED


def test_what_can_no_longer_be_applied_at_all_is_refused(run_tasks):
    roster_import = received(csv_file(pns(1)), units=hierarchy_file())
    run_tasks()
    imports.approve(
        actor=None,
        roster_import=again(roster_import),
        plan_digest=again(roster_import).plan_digest,
        deactivate=True,
    )
    Agency.objects.filter(siasn_id="R").update(siasn_id="")
    Agency.objects.filter(siasn_id="S").update(siasn_id="R")
    import_work.apply(str(roster_import.uuid))
    stored = again(roster_import)
    assert (stored.state, stored.applied_at) == (ImportState.REFUSED, None)
    assert "bukan unit teratas Pemerintah Kota Dumai" in stored.refusal


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_with_the_same_import_one_writes_it(approved):
    start = Barrier(2)

    def work():
        try:
            start.wait(timeout=10)
            import_work.apply(str(approved.uuid))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert again(approved).state == ImportState.APPLIED
    assert Event.objects.of(approved).filter(act="roster.applied").count() == 1
    assert Employee.objects.filter(number=nip(5)).count() == 1

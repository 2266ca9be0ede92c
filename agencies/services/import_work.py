"""What the worker does with an import: read its files into a preview, write an approved one.

Both may run twice and be killed anywhere: before the one transaction at the end nothing is written
but how far the work is, and that transaction holds only if the import is still where it was.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format

from ..choices import RosterFileKind
from ..errors import ColumnsMissing, RosterError, WrongState
from ..models import RosterImport
from ..models.roster_import import WORKING
from ..roster.history import forget_preview, keep_preview, note_applied
from ..roster.importing import all_or_nothing, read_roster
from ..roster.lines import counts_of, digest_of
from ..roster.plan import make_plan
from ..roster.progress import Progress
from ..roster.state import load_state
from ..roster.writing import write_plan
from . import events, import_files
from .import_states import APPLIED, APPLYING, COLUMNS, READING, READY, REFUSED, UNREAD, move

DONE = {"stage": "", "done": 0, "total": 0}
CHANGED_SINCE = (
    "Data yang tersimpan berubah sejak pratinjau dibuat, sehingga tidak ada yang ditulis. "
    "Periksa pratinjau yang baru di bawah ini, lalu setujui lagi."
)


def read(import_uuid):
    """Make the preview of an import that is READING; any other is left alone.

    It becomes READY with its lines, COLUMNS where columns of a file are not recognised, REFUSED
    with a sentence where it cannot be imported.
    """
    roster_import = _import(import_uuid)
    if roster_import is None or roster_import.state != READING:
        return
    progress = Progress(roster_import)
    with _settled(roster_import, READING):
        try:
            roster = _roster(roster_import, progress)
        except ColumnsMissing as problem:
            _ask_for_columns(roster_import, problem)
            return
        plan = make_plan(roster, load_state(roster.slug), progress)
        progress.begin("Menyimpan pratinjau")
        _show(plan, roster_import, READING)


def apply(import_uuid):
    """Write an import that is APPLYING, whole or not at all; any other is left alone.

    If the plan is no longer the one that was approved, because stored data has changed since, no
    employee is touched, and the import is READY again with a new preview.
    """
    roster_import = _import(import_uuid)
    if roster_import is not None and roster_import.state == APPLIED:
        # What a worker killed right after the commit had still to do.
        import_files.remove_contents(roster_import)
    if roster_import is None or roster_import.state != APPLYING:
        return
    progress = Progress(roster_import)
    with _settled(roster_import, APPLYING):
        roster = _roster(roster_import, progress)
        people = sum(roster_import.counts[name] for name in ("new", "changed", "moved"))
        # Nothing can be told from inside the transaction: on SQLite it is the only one that writes.
        progress.begin(f"Menulis {number_format(people, force_grouping=True)} pegawai sekaligus")
        with all_or_nothing():
            _write(roster_import, roster)


@transaction.atomic
def note_waiting(import_uuid):
    """Say of an import that was being worked on that it waits again, until its task is tried."""
    working = RosterImport.objects.filter(uuid=import_uuid, state__in=WORKING)
    working.update(**DONE, touched_at=timezone.now())


def _import(import_uuid):
    rows = RosterImport.objects.select_related("government", "applied_by")
    return rows.filter(uuid=import_uuid).first()


@contextmanager
def _settled(roster_import, state):
    """The import is REFUSED with the sentence of a RosterError; nothing happens to it if it is no
    longer in `state`: another worker was faster, or somebody discarded it.
    """
    try:
        try:
            yield
        except RosterError as error:
            refuse(roster_import, state, error.message)
    except WrongState:
        return


@transaction.atomic
def refuse(roster_import, source, sentence):
    """REFUSED with `sentence`; the contents of the files stay, so that they can be read again.

    Raises WrongState unless the import is in the state `source`.
    """
    told = {"refusal": sentence, "touched_at": timezone.now()}
    approved = roster_import.plan_digest if source == APPLYING else ""
    move(roster_import, REFUSED, source=source, **{**UNREAD, **told})
    forget_preview(roster_import)
    _record("roster.refused", roster_import, approved)


def _record(act, roster_import, approved):
    """Leave an event of what the worker did to an import; `approved` is the plan somebody had said
    yes to, "" if none.
    """
    data = {"plan": approved} if approved else {}
    government = roster_import.government
    events.record(actor=None, act=act, obj=roster_import, government=government, data=data)


def _roster(roster_import, progress):
    """The files of the import, read. Raises RosterError."""
    files = roster_import.files.all()
    units = next((file for file in files if file.kind == RosterFileKind.UNITS), None)
    return read_roster(
        slug=roster_import.government.slug,
        sources=(
            import_files.source_of(file) for file in files if file.kind == RosterFileKind.ROSTER
        ),
        units=units and import_files.source_of(units),
        partial=roster_import.partial,
        progress=progress,
    )


@transaction.atomic
def _ask_for_columns(roster_import, problem):
    """COLUMNS: one file after the other, since what is said of one may hold for the next."""
    move(roster_import, COLUMNS, source=READING, **DONE)
    roster_import.files.update(headings=[], missing=[])
    asked = roster_import.files.filter(name=problem.file)
    asked.update(headings=problem.headings, missing=problem.missing)


@transaction.atomic
def _show(plan, roster_import, source, refusal=""):
    """READY: the preview is kept, and what an approval would be for."""
    roster_import.files.update(headings=[], missing=[])
    move(
        roster_import,
        READY,
        source=source,
        **DONE,
        refusal=refusal,
        counts=counts_of(plan),
        plan_digest=digest_of(plan),
        deactivates=False,
        applied_by=None,
    )
    keep_preview(plan, roster_import)


def _write(roster_import, roster):
    """APPLIED, or READY again. Call it inside the transaction that writes everything."""
    held = RosterImport.objects.filter(pk=roster_import.pk, state=APPLYING)
    if not held.update(touched_at=timezone.now()):
        raise WrongState("Impor ini sudah diterapkan.")
    state = load_state(roster.slug, lock=True)
    plan = make_plan(roster, state)
    if digest_of(plan) != roster_import.plan_digest:
        _record("roster.outdated", roster_import, roster_import.plan_digest)
        _show(plan, roster_import, APPLYING, refusal=CHANGED_SINCE)
        return
    heads = write_plan(plan, state, deactivate=roster_import.deactivates)
    move(roster_import, APPLIED, source=APPLYING, **DONE, refusal="", applied_at=timezone.now())
    note_applied(plan, roster_import, heads=heads)
    import_files.remove_contents(roster_import)

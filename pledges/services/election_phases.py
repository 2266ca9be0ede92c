"""Where an election stands on a day: pure functions on its phases."""

from dataclasses import dataclass

from netralitas.lib.dates import date_only

from ..choices import Moment, PhaseKind

NO_PHASES = "Tahapan pemilu ini belum dicatat."


@dataclass(frozen=True)
class Standing:
    """Which moment it is (None if no phase is known), and one sentence that says so."""

    moment: Moment | None
    sentence: str


def standing_on(phases, day):
    """The `Standing` of an election with `phases` on `day`; days of phases count in full.

    Between two phases the one before it still says what to heed.
    """
    phases = sorted(phases, key=lambda phase: (phase.starts, phase.ends))
    begun = [phase for phase in phases if phase.starts <= day]
    coming = next((phase for phase in phases if phase.starts > day), None)
    if not phases:
        return Standing(None, NO_PHASES)
    if not begun:
        return Standing(Moment.BEFORE, f"Tahapan belum dimulai. {_begins(coming)}")
    latest = begun[-1]
    if latest.ends >= day:
        return Standing(Moment(latest.kind), _now(latest))
    if coming:
        over = f"{latest.get_kind_display()} sudah selesai pada {date_only(latest.ends)}."
        return Standing(Moment(latest.kind), f"{over} {_begins(coming)}")
    if latest.kind == PhaseKind.PEMUNGUTAN_SUARA:
        sentence = f"Pemungutan suara sudah selesai pada {date_only(latest.ends)}."
        return Standing(Moment.AFTER, sentence)
    over = f"{latest.get_kind_display()} sudah selesai pada {date_only(latest.ends)}."
    return Standing(Moment(latest.kind), f"{over} Tahapan berikutnya belum dicatat.")


def nearest(elections, day):
    """Of several elections the one that matters on `day`: under way, else next to begin, else the
    latest that is over; one without phases comes last. None of none.

    Their phases are expected to be prefetched.
    """
    return min(elections, key=lambda election: _distance(election, day), default=None)


def _distance(election, day):
    phases = election.phases.all()
    if not phases:
        return 3, -election.year
    first, last = min(phase.starts for phase in phases), max(phase.ends for phase in phases)
    if first <= day <= last:
        return 0, (last - day).days
    return (1, (first - day).days) if first > day else (2, (day - last).days)


def _begins(phase):
    return f"{phase.get_kind_display()} dimulai {date_only(phase.starts)}."


def _now(phase):
    if phase.starts == phase.ends:
        return f"Hari ini: {phase.get_kind_display().lower()}, {date_only(phase.starts)}."
    days = f"{date_only(phase.starts)} sampai {date_only(phase.ends)}"
    return f"Sekarang: {phase.get_kind_display().lower()}, {days}."

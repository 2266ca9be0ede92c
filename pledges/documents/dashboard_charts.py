"""The pictures of a dashboard from its figures: by the hour, and in all against the target."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from netralitas.lib import charts, dates
from netralitas.lib.charts import grouped
from netralitas.lib.time_steps import BY_HOURS, HOUR, NAMES, length_of, steps_of

SIZES = (("lebar", charts.WIDE), ("sempit", charts.NARROW))
LABELS = 6
PACE = "Garis putus-putus miring: laju rata sampai batas target."


@dataclass(frozen=True)
class Target:
    """The span within which everybody should have signed: from the first opening to `ends`.

    `ends` is the end of a campaign's last day or the closing of a ceremony; None while an open
    ceremony of no campaign has none.
    """

    begins: datetime
    ends: datetime | None
    zone: str


@dataclass(frozen=True)
class Timeline:
    """Two pictures, each wide and narrow, the sentences that say the same, and the steps drawn."""

    columns: dict
    line: dict
    columns_told: str
    line_told: str
    unit: str
    steps: list


def end_of(day, zone_name):
    """The last minute of a day in a zone."""
    return datetime.combine(day, time(23, 59), ZoneInfo(zone_name))


def timeline(figures, target, now):
    """The `Timeline` of `Figures`, or None as long as nobody has signed."""
    steps = steps_of(figures.hours, target.zone)
    if not steps:
        return None
    unit = NAMES[steps[0].length]
    columns_told = _columns_told(steps, unit)
    line_told = _line_told(figures.total, target, now)
    bars = [charts.Column(step.label, step.count, _told(step)) for step in steps]
    drawn = _line(steps, figures.total, target, now)
    title = f"Tanda tangan tiap {unit}"
    return Timeline(
        columns={
            name: charts.columns(f"tiap-{name}", title, columns_told, bars, size)
            for name, size in SIZES
        },
        line={
            name: charts.line(f"jumlah-{name}", "Jumlah terhadap target", line_told, drawn, size)
            for name, size in SIZES
        },
        columns_told=columns_told,
        line_told=line_told,
        unit=unit,
        steps=steps,
    )


def goal_of(total):
    """How many signatures make a group complete: of all who are not excused or refusing."""
    return total.invited - total.absent


def due_at(total, target, moment):
    """How many should have signed at `moment` for an even pace; None without an end."""
    if target.ends is None or target.ends <= target.begins:
        return None
    passed = (moment - target.begins) / (target.ends - target.begins)
    return int(goal_of(total) * min(max(passed, 0), 1))


def _told(step):
    return f"{step.told}: {grouped(step.count)} tanda tangan"


def _columns_told(steps, unit):
    most = max(steps, key=lambda step: step.count)
    return f"Paling banyak dalam satu {unit}: {grouped(most.count)} tanda tangan, {most.told}."


def _line_told(total, target, now):
    goal = goal_of(total)
    said = f"{grouped(total.signed)} dari target {grouped(goal)} tanda tangan."
    due = due_at(total, target, now)
    if due is None:
        return said
    until = dates.date_time(target.ends, target.zone)
    if now >= target.ends or total.signed >= goal:
        return f"{said} Batas target: {until}."
    ahead = total.signed - due
    how = "lebih banyak daripada" if ahead >= 0 else "kurang dari"
    return (
        f"{said} Batas target: {until}. {grouped(abs(ahead))} {how} laju rata, yang sampai saat "
        f"ini {grouped(due)}. {PACE}"
    )


def _line(steps, total, target, now):
    """What was reached, from the beginning to the last signature, the target or now."""
    begins = min(target.begins, steps[0].begins)
    last = min(now, steps[-1].ends)
    ends = max(last, target.ends or last, begins + HOUR)
    span = ends - begins

    def place(moment):
        return min(max((moment - begins) / span, 0), 1)

    points = [(place(begins), 0)]
    points += [(place(min(step.ends, last)), step.total) for step in steps if step.ends > begins]
    until = min(max(now, last), ends)
    if until > last:
        points.append((place(until), steps[-1].total))
    goal = goal_of(total)
    return charts.Line(
        points=tuple(points),
        labels=_labels(begins, ends, target.zone),
        goal=goal,
        goal_label=f"Target {grouped(goal)}",
        pace=place(target.ends) if target.ends else None,
    )


def _labels(begins, ends, zone_name):
    """Places and words for a few even moments: hours of a day, else days."""
    zone = ZoneInfo(zone_name)
    by_hours = length_of(begins, ends) == HOUR and ends - begins <= BY_HOURS
    moments = [begins + (ends - begins) * at / LABELS for at in range(LABELS + 1)]
    found = []
    for at, moment in enumerate(moments):
        local = moment.astimezone(zone)
        words = f"{local:%H.%M}" if by_hours else f"{local.day}/{local.month}"
        if not found or found[-1][1] != words:
            found.append((at / LABELS, words))
    return tuple(found)

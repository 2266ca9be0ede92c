"""A plan as people and scripts read it. Neither form holds a number or a name of a person."""

HEADINGS = {
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah unit",
    "left": "keluar",
    "unchanged": "tetap",
}
SHOWN = 50
UNIT_HEADINGS = {
    "created": "baru",
    "renamed": "berganti nama",
    "moved": "pindah",
    "revived": "dipakai kembali",
    "adopted": "dikenali dari namanya",
    "absent": "tidak ada dalam hierarki",
    "total": "seluruhnya",
}


def as_json(plan):
    """The object of the command's contract: counts, rejected rows, warnings; and beyond it what
    happens to units, and how many of them get another head.
    """
    return {
        **plan.counts(),
        "units": plan.units.counts(),
        "heads": len(plan.heads),
        "rejected": [
            {"file": row.file, "row": row.row, "reason": row.reason} for row in plan.rejected
        ],
        "warnings": [str(warning) for warning in plan.warnings],
    }


def as_lines(plan, *, applied):
    """The plan in Indonesian, line by line: counts, every rejected row, the first warnings, and the
    first units to which something happens; a new government's are all new.
    """
    lines = [
        f"Impor daftar pegawai {plan.government.name} ({plan.slug})",
        *(["Pemerintah daerah baru, dibuat dari akar hierarki."] if plan.new_government else []),
        f"Unit   : {_counted(plan.units.counts(), UNIT_HEADINGS)}",
        f"Kepala : {len(plan.heads)} unit berganti kepala",
        f"Pegawai: {_counted(plan.counts(), HEADINGS)}, {len(plan.rejected)} baris ditolak",
    ]
    if plan.rejected:
        lines += ["", "Baris ditolak:"]
        lines += [f"  {row.file} baris {row.row}: {row.reason}" for row in plan.rejected]
    lines += _listed("Peringatan", "peringatan lagi (lihat --json)", map(str, plan.warnings))
    if not plan.new_government:
        lines += _listed("Unit", "unit lagi", map(_of_unit(plan), plan.units.changes))
    closing = (
        "Impor sudah ditulis."
        if applied
        else "Ini baru pratinjau; tidak ada yang ditulis. Tambahkan --apply untuk menulis."
    )
    return [*lines, "", closing]


def _counted(counts, headings):
    return ", ".join(f"{counts[name]} {heading}" for name, heading in headings.items())


def _of_unit(plan):
    title = plan.units.known.title
    return lambda change: f"{title(change.agency)}: {' '.join(change.told.values())}"


def _listed(title, more, sentences):
    """A section of the report with the first of `sentences`; nothing if there are none."""
    sentences = list(sentences)
    if not sentences:
        return []
    hidden = len(sentences) - SHOWN
    end = [f"  … dan {hidden} {more}."] if hidden > 0 else []
    return ["", f"{title}:", *(f"  {sentence}" for sentence in sentences[:SHOWN]), *end]

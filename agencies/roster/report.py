"""A plan as people and scripts read it. Neither form holds a number or a name of a person."""

HEADINGS = {
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah unit",
    "left": "keluar",
    "unchanged": "tetap",
}
SHOWN_WARNINGS = 50


def as_json(plan):
    """The object of the command's contract: counts, rejected rows, warnings."""
    return {
        **plan.counts(),
        "rejected": [
            {"file": row.file, "row": row.row, "reason": row.reason} for row in plan.rejected
        ],
        "warnings": [str(warning) for warning in plan.warnings],
    }


def as_lines(plan, *, applied):
    """The plan in Indonesian, line by line: counts, every rejected row, the first warnings."""
    units = plan.units.counts()
    lines = [
        f"Impor daftar pegawai {plan.government.name} ({plan.slug})",
        *(["Pemerintah daerah baru, dibuat dari akar hierarki."] if plan.new_government else []),
        f"Unit   : {units['created']} baru, {units['renamed']} berganti nama, "
        f"{units['moved']} pindah, {units['total']} seluruhnya",
        "Pegawai: "
        + ", ".join(f"{count} {HEADINGS[name]}" for name, count in plan.counts().items())
        + f", {len(plan.rejected)} baris ditolak",
    ]
    if plan.rejected:
        lines += ["", "Baris ditolak:"]
        lines += [f"  {row.file} baris {row.row}: {row.reason}" for row in plan.rejected]
    if plan.warnings:
        lines += ["", "Peringatan:"]
        lines += [f"  {warning}" for warning in plan.warnings[:SHOWN_WARNINGS]]
        hidden = len(plan.warnings) - SHOWN_WARNINGS
        lines += [f"  … dan {hidden} peringatan lagi (lihat --json)."] if hidden > 0 else []
    closing = (
        "Impor sudah ditulis."
        if applied
        else "Ini baru pratinjau; tidak ada yang ditulis. Tambahkan --apply untuk menulis."
    )
    return [*lines, "", closing]

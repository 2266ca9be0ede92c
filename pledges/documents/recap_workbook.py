"""The recap ("rekapitulasi") as an XLSX: the same figures as the PDF, to be worked on."""

from netralitas.lib.spreadsheets import Sheet, workbook_of

from . import standing

HEADINGS = ["Peserta", "Sudah", "Berhalangan", "Menolak", "Belum", "Persentase"]


def recap_workbook(ceremony, found, now):
    """The bytes of a workbook of the figures in `found` (a `reports.Recap`): OPD, units, notes."""
    opds = [[opd.total.name, *figures(opd.total)] for opd in found.opds]
    units = [
        [opd.total.name, unit.name, *figures(unit)] for opd in found.opds for unit in opd.units
    ]
    told = [
        *standing.occasion(ceremony),
        ("Keterangan", standing.note(ceremony, now)),
        *standing.lead(ceremony),
        *standing.annulled(found.annulled),
        *standing.register_head(ceremony),
    ]
    return workbook_of(
        [
            Sheet(
                "Perangkat daerah",
                ["Perangkat daerah", *HEADINGS],
                opds,
                last=["Jumlah", *figures(found.total)],
                bars=len(HEADINGS),
            ),
            Sheet(
                "Unit kerja",
                ["Perangkat daerah", "Unit kerja", *HEADINGS],
                units,
                last=["Jumlah", "", *figures(found.total)],
                bars=len(HEADINGS) + 1,
            ),
            Sheet("Acara", ["Hal", "Isi"], told),
        ]
    )


def figures(progress):
    """The figures of one row, as whole numbers."""
    counts = (progress.invited, progress.signed, progress.excused, progress.refused)
    return [*counts, progress.pending, progress.percent]

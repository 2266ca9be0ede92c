"""What a person is asked of a file's columns: of which, with what stands in them, and our guess."""

from contextlib import suppress
from datetime import date
from itertools import islice

from ..choices import RosterFileKind
from ..errors import RosterError
from ..models.employee import NIK_LENGTH, NIP_LENGTH
from . import values
from .columns import COLUMNS, ONLY_OF_ASN, header_key
from .tables import HEADER_SEARCHED, MOST_ROWS, heading_of, headings_of, looks_like_nip, readings

SAMPLES = 3
SAMPLE_LENGTH = 24
ROWS_SEARCHED = 50

# What SIASN's exports hold beyond the whitelist. Nobody is asked of it, and nobody shown it.
NEVER_READ = frozenset(
    (
        *("NIP LAMA", "TEMPAT LAHIR ID", "TEMPAT LAHIR NAMA", "JENIS KELAMIN"),
        *("AGAMA ID", "AGAMA NAMA", "JENIS KAWIN ID", "JENIS KAWIN NAMA"),
        *("ALAMAT", "NPWP NOMOR", "BPJS", "KARTU ASN VIRTUAL", "IS VALID NIK", "FLAG IKD"),
        *("JENIS PEGAWAI ID", "KEDUDUKAN HUKUM ID"),
        *("NOMOR SK CPNS", "TANGGAL SK CPNS", "TMT CPNS"),
        *("NOMOR SK PNS", "TANGGAL SK PNS", "TMT PNS"),
        *("GOL AWAL ID", "GOL AWAL NAMA", "GOL AKHIR ID", "TMT GOLONGAN", "MK TAHUN", "MK BULAN"),
        *("JENIS JABATAN ID", "JENIS JABATAN NAMA", "JABATAN ID", "TMT JABATAN", "ESELON ID"),
        *("TINGKAT PENDIDIKAN ID", "TINGKAT PENDIDIKAN NAMA", "PENDIDIKAN ID", "PENDIDIKAN NAMA"),
        *("TAHUN LULUS", "NAMA SEKOLAH", "KPKN ID", "KPKN NAMA"),
        *("LOKASI KERJA ID", "LOKASI KERJA NAMA", "INSTANSI INDUK ID", "INSTANSI INDUK NAMA"),
        *("INSTANSI KERJA ID", "SATUAN KERJA INDUK ID", "SATUAN KERJA INDUK NAMA"),
        "SATUAN KERJA KERJA ID",
    )
)
# Words of headings of which the same holds, also in a list that somebody made by hand.
PRIVATE_WORDS = frozenset(
    (
        *("AGAMA", "KAWIN", "PERKAWINAN", "NIKAH", "PERNIKAHAN", "KELAMIN", "JK", "DARAH"),
        *("ALAMAT", "NPWP", "BPJS", "KK", "REKENING"),
    )
)
NIK_WORDS = frozenset(("NIK", "KTP"))


def asked_of(meanings):
    """The headings a person may be asked of: neither those nobody reads nor the NIK of ASN.

    `meanings` is {heading: field, "" for none}, as `columns.meanings` gives it.
    """
    private = PRIVATE_WORDS | (NIK_WORDS if ONLY_OF_ASN & set(meanings.values()) else set())
    return [
        heading
        for heading, field in meanings.items()
        if field or not _is_private(header_key(heading), private)
    ]


def _is_private(key, words):
    return key in NEVER_READ or not words.isdisjoint(key.split())


def samples_of(source, headings, wanted):
    """{heading: up to three different cells of its column} for the `wanted` ones of `headings`.

    Personal data: for the page on which somebody assigns columns, and to be kept nowhere. Where
    NIP are among them, a number as long as a NIK is none of them. Few rows are looked at, since
    somebody waits; what is wrong with them is not told here but when they are read.
    """
    found = {heading: [] for heading in wanted}
    for reading in readings(source, MOST_ROWS):
        with suppress(RosterError):
            rows = _below(reading, headings)
            if rows is None:
                continue
            for row in islice(rows, ROWS_SEARCHED):
                _take(found, row)
            break
    return _without_nik_of_asn(found)


def _take(found, row):
    """Add those cells of a row that are new and wanted."""
    for heading, samples in found.items():
        sample = _sample(row.get(header_key(heading)))
        if sample and sample not in samples and len(samples) < SAMPLES:
            samples.append(sample)


def _without_nik_of_asn(found):
    if not any(looks_like_nip(sample) for samples in found.values() for sample in samples):
        return found
    return {
        heading: [sample for sample in samples if not _looks_like_nik(sample)]
        for heading, samples in found.items()
    }


def _looks_like_nik(sample):
    return len(sample) == NIK_LENGTH and sample.isdigit()


def likely_field(heading, samples, kind):
    """The field a column holds, to judge by its cells and the words of its heading; "" for none."""
    if kind == RosterFileKind.ROSTER:
        lengths = {len(sample) for sample in samples if sample.isdigit()}
        if lengths & {NIP_LENGTH, NIK_LENGTH}:
            return "number" if NIP_LENGTH in lengths else "nik"
    words = set(header_key(heading).split())
    alike = [
        (len(name.split()), field)
        for field, names in COLUMNS[kind].items()
        for name in names
        if words.issuperset(name.split())
    ]
    return max(alike, default=(0, ""))[1]


def _below(reading, headings):
    """{header key: cell} of each row below the header, of equal columns the first; None where the
    reading has another header.
    """
    rows = (cells for _, cells in reading.rows)
    for cells in islice(rows, HEADER_SEARCHED):
        if headings_of(cells) == headings:
            keys = [header_key(heading_of(cell)) for cell in cells]
            return (dict(reversed(list(zip(keys, row, strict=False)))) for row in rows)
    return None


def _sample(cell):
    """The cell as a person knows it again, not too long; a date without its time."""
    text = f"{cell:%d-%m-%Y}" if isinstance(cell, date) else values.text(cell)
    return text if len(text) <= SAMPLE_LENGTH else f"{text[: SAMPLE_LENGTH - 1]}…"

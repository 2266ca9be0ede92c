"""The closed lists of who works where: levels, kinds, numbers, roles, time zones."""

from django.db import models


class AgencyLevel(models.TextChoices):
    """Where in the tree an agency stands; an OPD is a unit directly below the government."""

    GOVERNMENT = "GOVERNMENT", "Pemerintah daerah"
    OPD = "OPD", "OPD"
    UNIT = "UNIT", "Unit kerja"


class EmployeeKind(models.TextChoices):
    """Kind of employment ("jenis pegawai")."""

    PNS = "PNS", "PNS"
    CPNS = "CPNS", "CPNS"
    PPPK = "PPPK", "PPPK"
    PPPK_PARUH_WAKTU = "PPPK_PARUH_WAKTU", "PPPK Paruh Waktu"
    NON_ASN = "NON_ASN", "Non-ASN"


class NumberKind(models.TextChoices):
    """Which number identifies an employee; the label is what is printed before it."""

    NIP = "NIP", "NIP"
    NI_PPPK = "NI_PPPK", "NI PPPK"
    NIK = "NIK", "NIK"


NUMBER_KIND_OF = {
    EmployeeKind.PNS: NumberKind.NIP,
    EmployeeKind.CPNS: NumberKind.NIP,
    EmployeeKind.PPPK: NumberKind.NI_PPPK,
    EmployeeKind.PPPK_PARUH_WAKTU: NumberKind.NI_PPPK,
    EmployeeKind.NON_ASN: NumberKind.NIK,
}


class RoleName(models.TextChoices):
    """What a user may do at an agency and everything below it."""

    HR = "HR", "BKPSDM"
    OPERATOR = "OPERATOR", "Operator OPD"
    HEAD = "HEAD", "Kepala OPD"
    AUDITOR = "AUDITOR", "Inspektorat"


class TimeZone(models.TextChoices):
    """The three Indonesian time zones; every printed time carries its label."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


# What can be found in the audit trail, by the name under which it is recorded.
ACTS = {
    "agency.changed": "Data instansi diubah",
    "role.granted": "Peran diberikan",
    "roster.applied": "Data pegawai diimpor",
    "election.created": "Pemilu dibuat",
    "election.changed": "Pemilu diubah",
    "text.created": "Konsep naskah dibuat",
    "text.changed": "Konsep naskah diubah",
    "text.published": "Naskah diterbitkan",
    "ceremony.created": "Acara dibuat",
    "ceremony.changed": "Acara diubah",
    "ceremony.frozen": "Daftar peserta dibekukan",
    "ceremony.opened": "Penandatanganan dibuka",
    "ceremony.closed": "Penandatanganan ditutup",
    "ceremony.archived": "Acara diarsipkan",
    "ceremony.cancelled": "Acara dibatalkan",
    "invitation.issued": "Undangan diterbitkan",
    "signature.given": "Pakta ditandatangani",
    "pact.downloaded": "Pakta diunduh",
}

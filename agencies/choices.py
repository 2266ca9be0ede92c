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


# What each role is for, for whoever gives it.
ROLE_PURPOSES = {
    RoleName.HR: "Mengelola seluruh data pemerintah daerah: instansi, pegawai, naskah, acara, dan "
    "pengguna.",
    RoleName.OPERATOR: "Melihat pegawai instansinya, menerbitkan undangan dan slip PIN, serta "
    "membantu penandatanganan.",
    RoleName.HEAD: "Memantau kemajuan instansinya, serta membaca dan mengunduh pakta pegawainya.",
    RoleName.AUDITOR: "Membaca semua data dan jejak audit tanpa dapat mengubah apa pun.",
}


class Concern(models.TextChoices):
    """Why HR should look at an account that is still valid."""

    LEFT = "LEFT", "Pegawai nonaktif"
    MOVED = "MOVED", "Peran di instansi lama"
    TWICE = "TWICE", "Nomor di dua pemerintah daerah"


class TimeZone(models.TextChoices):
    """The three Indonesian time zones; every printed time carries its label."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class ImportState(models.TextChoices):
    """Where a roster import stands; which follows which: `TRANSITIONS` in services/imports.py."""

    READING = "READING", "Sedang dibaca"
    COLUMNS = "COLUMNS", "Kolom perlu ditentukan"
    READY = "READY", "Menunggu persetujuan"
    APPLYING = "APPLYING", "Sedang diterapkan"
    APPLIED = "APPLIED", "Sudah diterapkan"
    REFUSED = "REFUSED", "Tidak dapat diimpor"
    DISCARDED = "DISCARDED", "Dibuang"


class RosterFileKind(models.TextChoices):
    """What an uploaded file holds."""

    ROSTER = "ROSTER", "Daftar pegawai"
    UNITS = "UNITS", "Hierarki unit (HierarkiUnor)"


class AccountState(models.TextChoices):
    """Whether somebody can log in; told by the password and the login, stored nowhere."""

    ACTIVE = "ACTIVE", "Aktif"
    INVITED = "INVITED", "Diundang"
    ENDED = "ENDED", "Diakhiri"


class AccountMailKind(models.TextChoices):
    """What a mail about an account is for."""

    INVITATION = "INVITATION", "Undangan akun"
    ADDRESS_CHANGED = "ADDRESS_CHANGED", "Pemberitahuan surel diganti"


class MailState(models.TextChoices):
    """Where a mail stands; one is dropped when there is no more use for it before it was sent."""

    WAITING = "WAITING", "Menunggu dikirim"
    SENT = "SENT", "Terkirim"
    FAILED = "FAILED", "Gagal dikirim"
    DROPPED = "DROPPED", "Tidak jadi dikirim"


class LineGroup(models.TextChoices):
    """What happens to whom or what a line of a preview is about."""

    NEW = "NEW", "Baru"
    CHANGED = "CHANGED", "Berubah"
    MOVED = "MOVED", "Pindah unit"
    LEFT = "LEFT", "Keluar"
    REJECTED = "REJECTED", "Ditolak"
    WARNING = "WARNING", "Peringatan"
    UNIT = "UNIT", "Unit kerja"
    HEAD = "HEAD", "Kepala unit"


# What can be found in the audit trail, by the name under which it is recorded.
ACTS = {
    "agency.added": "Instansi ditambahkan",
    "agency.changed": "Data instansi diubah",
    "agency.moved": "Instansi dipindahkan",
    "agency.merged": "Instansi digabung",
    "agency.retired": "Instansi tidak dipakai lagi",
    "agency.revived": "Instansi dipakai kembali",
    "agency.exported": "Daftar instansi diekspor",
    "employee.added": "Pegawai ditambahkan",
    "employee.changed": "Data pegawai diubah",
    "employee.moved": "Pegawai dipindahkan",
    "employee.deactivated": "Pegawai dinonaktifkan",
    "employee.activated": "Pegawai diaktifkan kembali",
    "employee.exported": "Daftar pegawai diekspor",
    "roster.uploaded": "Berkas daftar pegawai diunggah",
    "roster.columns": "Arti kolom ditentukan",
    "roster.read_again": "Berkas daftar pegawai dibaca ulang",
    "roster.approved": "Impor disetujui",
    "roster.outdated": "Persetujuan impor gugur karena data berubah",
    "roster.refused": "Impor ditolak sistem",
    "roster.applied": "Data pegawai diimpor",
    "roster.discarded": "Impor dibuang",
    "roster.exported": "Baris impor diunduh",
    "role.granted": "Peran diberikan",
    "role.ended": "Peran diakhiri",
    "account.created": "Akun dibuat",
    "account.invited": "Undangan akun diterbitkan",
    "account.changed": "Data akun diubah",
    "account.ended": "Akun diakhiri",
    "account.restored": "Akun dipulihkan",
    "account.linked": "Hubungan masuk tunggal (SSO) dibuat",
    "account.unlinked": "Hubungan masuk tunggal (SSO) diputus",
    "account.password": "Kata sandi diatur",
    "account.factor_added": "Faktor kedua ditambahkan",
    "account.recovery_codes": "Kode pemulihan dibuat",
    "account.factor_renamed": "Nama kunci sandi diganti",
    "account.factor_removed": "Faktor kedua dihapus",
    "account.factors_reset": "Faktor kedua disetel ulang",
    "account.exported": "Daftar pengguna diekspor",
    "login.succeeded": "Masuk",
    "login.failed": "Gagal masuk",
    "login.ended": "Keluar",
    "login.sessions_ended": "Sesi diakhiri",
    "event.exported": "Jejak audit diekspor",
    "election.created": "Pemilu dibuat",
    "election.changed": "Pemilu diubah",
    "text.created": "Konsep naskah dibuat",
    "text.changed": "Konsep naskah diubah",
    "text.published": "Naskah diterbitkan",
    "campaign.created": "Rangkaian dibuat",
    "campaign.changed": "Rangkaian diubah",
    "campaign.ceremonies": "Acara OPD dibuat dari rangkaian",
    "guidance.created": "Konsep panduan dibuat",
    "guidance.changed": "Konsep panduan diubah",
    "guidance.published": "Panduan diterbitkan",
    "reports.begun": "Pencatatan laporan pelanggaran dimulai",
    "reports.confirmed": "Catatan laporan pelanggaran dinyatakan lengkap",
    "reports.added": "Laporan pelanggaran dicatat",
    "reports.changed": "Catatan laporan pelanggaran diubah",
    "reports.removed": "Catatan laporan pelanggaran dihapus",
    "ceremony.created": "Acara dibuat",
    "ceremony.changed": "Acara diubah",
    "ceremony.copied": "Acara disalin",
    "ceremony.scheduled": "Jadwal ditetapkan",
    "ceremony.rescheduled": "Jadwal diubah",
    "ceremony.officials_changed": "Petugas diganti",
    "ceremony.frozen": "Daftar peserta dibekukan",
    "ceremony.opened": "Penandatanganan dibuka",
    "wave.opened": "Gelombang dibuka",
    "board.names_shown": "Nama ditampilkan di layar besar",
    "board.names_hidden": "Nama disembunyikan dari layar besar",
    "public_page.shown": "Halaman publik ditampilkan",
    "public_page.hidden": "Halaman publik disembunyikan",
    "ceremony.closed": "Penandatanganan ditutup",
    "ceremony.archived": "Acara diarsipkan",
    "ceremony.cancelled": "Acara dibatalkan",
    "invitation.issued": "Undangan diterbitkan",
    "slips.asked": "Lembar slip PIN diminta",
    "slips.taken": "Lembar slip PIN diambil",
    "mailing.asked": "Kiriman surel dijadwalkan",
    "mailing.begun": "Kiriman surel mulai dikirim",
    "mailing.cancelled": "Kiriman surel dibatalkan",
    "mailing.again": "Surel peserta dikirim lagi",
    "links.listed": "Daftar tautan pribadi diambil",
    "invitation.unlocked": "Kunci slip PIN dibuka",
    "participant.excused": "Peserta dicatat berhalangan",
    "participant.refused": "Peserta dicatat menolak",
    "participant.expected": "Peserta kembali ditunggu",
    "participant.added": "Peserta ditambahkan",
    "participant.departed": "Peserta dikeluarkan dari daftar",
    "participant.taken_back": "Peserta dikembalikan ke daftar",
    "refusal.looked_at": "Penolakan ditelaah",
    "follow_up.changed": "Tindak lanjut diubah",
    "follow_up.assigned": "Tindak lanjut ditugaskan",
    "follow_up.released": "Tindak lanjut tidak ditugaskan lagi",
    "assistance.started": "Mode bantuan dimulai",
    "assistance.opened": "Perangkat diserahkan kepada peserta",
    "assistance.ended": "Mode bantuan diakhiri",
    "signature.given": "Pakta ditandatangani",
    "annulment.asked": "Pembatalan pakta diajukan",
    "annulment.withdrawn": "Pengajuan pembatalan pakta ditarik",
    "annulment.declined": "Pembatalan pakta ditolak",
    "signature.annulled": "Pakta dibatalkan",
    "countersignature.given": "Pakta diketahui (“Mengetahui”)",
    "pact.downloaded": "Pakta diunduh",
    "paper.downloaded": "Berkas acara diunduh",
    "pack.asked": "Paket pakta diminta",
    "pack.downloaded": "Paket pakta diunduh",
    "pact.resealed": "Berkas pakta yang hilang disegel ulang",
    "pact.retried": "Pakta tertunda diminta dicoba lagi",
    "demo.built": "Data demo dibuat",
}
# Who did it where no account is named, if not the system.
WITHOUT_ACCOUNT = {
    "signature.given": "Penanda tangan",
    "pact.downloaded": "Penanda tangan",
}

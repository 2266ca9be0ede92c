"""The closed lists of the pledge: kinds, states, channels, methods; and its spans of time."""

from datetime import timedelta

from django.db import models

# How long after the closing a signature may arrive that was begun before it (decision 10).
GRACE = timedelta(hours=24)


class ElectionKind(models.TextChoices):
    """What is elected."""

    PEMILU = "PEMILU", "Pemilu"
    PILKADA = "PILKADA", "Pilkada"
    PEMILU_DAN_PEMILIHAN = "PEMILU_DAN_PEMILIHAN", "Pemilu dan Pemilihan"
    PEMUNGUTAN_SUARA_ULANG = "PEMUNGUTAN_SUARA_ULANG", "Pemungutan suara ulang"


class PhaseKind(models.TextChoices):
    """The phases of an election that matter to neutrality, in their order."""

    PENETAPAN_CALON = "PENETAPAN_CALON", "Penetapan calon"
    KAMPANYE = "KAMPANYE", "Kampanye"
    MASA_TENANG = "MASA_TENANG", "Masa tenang"
    PEMUNGUTAN_SUARA = "PEMUNGUTAN_SUARA", "Pemungutan suara"


class TextState(models.TextChoices):
    """A published text never changes again; a correction is a new version.

    A pattern holds placeholders: it is copied into a draft for one election, and never signed.
    """

    DRAFT = "DRAFT", "Konsep"
    PUBLISHED = "PUBLISHED", "Diterbitkan"
    PATTERN = "PATTERN", "Pola"


class CeremonyKind(models.TextChoices):
    """The form of the event."""

    APEL = "APEL", "Apel"
    UPACARA = "UPACARA", "Upacara"
    APEL_GABUNGAN = "APEL_GABUNGAN", "Apel gabungan"
    SUSULAN = "SUSULAN", "Susulan"
    PENYULUHAN = "PENYULUHAN", "Penyuluhan"


class CeremonyState(models.TextChoices):
    """From a draft to the archive; READY means that the roster is frozen."""

    DRAFT = "DRAFT", "Konsep"
    READY = "READY", "Siap"
    OPEN = "OPEN", "Dibuka"
    CLOSED = "CLOSED", "Ditutup"
    ARCHIVED = "ARCHIVED", "Diarsipkan"
    CANCELLED = "CANCELLED", "Dibatalkan"


class Scope(models.TextChoices):
    """Who takes part in a ceremony."""

    SUBTREE = "SUBTREE", "Seluruh pegawai penyelenggara dan unit di bawahnya"
    AGENCIES = "AGENCIES", "Pegawai instansi yang dipilih"
    OFFICIALS = "OFFICIALS", "Pejabat tertentu saja"


class Echelon(models.TextChoices):
    """Rank of a structural post, by its level."""

    II = "II", "Eselon II"
    III = "III", "Eselon III"
    IV = "IV", "Eselon IV"


class OfficialRole(models.TextChoices):
    """What an official does at the ceremony; leader and reader may be different people."""

    LEADER = "LEADER", "Pemimpin"
    READER = "READER", "Pembaca ikrar"
    WITNESS = "WITNESS", "Saksi"


class ParticipantState(models.TextChoices):
    """Where one participant stands.

    An ANNULLED one counts nowhere, and another took the place. So does a DEPARTED one, who was
    taken off the roster before signing.
    """

    PENDING = "PENDING", "Belum"
    SIGNED = "SIGNED", "Sudah"
    EXCUSED = "EXCUSED", "Berhalangan"
    REFUSED = "REFUSED", "Menolak"
    ANNULLED = "ANNULLED", "Dibatalkan"
    DEPARTED = "DEPARTED", "Dikeluarkan"


# Frozen and not over: who takes part may change, and those who have not signed are followed up.
UNDER_WAY = (CeremonyState.READY, CeremonyState.OPEN, CeremonyState.CLOSED)
# Who has not signed and is on the roster: expected, excused or refusing.
UNSIGNED = (ParticipantState.PENDING, ParticipantState.EXCUSED, ParticipantState.REFUSED)
# Who is on a roster no longer: not invited, and in no count.
UNCOUNTED = (ParticipantState.ANNULLED, ParticipantState.DEPARTED)


class AnnulmentCause(models.TextChoices):
    """Why a signature is annulled, in words that anybody may read: they name nobody."""

    WRONG_PERSON = "WRONG_PERSON", "Dibubuhkan oleh orang lain"
    WRONGLY_ASSISTED = "WRONGLY_ASSISTED", "Pendampingan tidak sesuai ketentuan"
    TRIAL = "TRIAL", "Dibubuhkan saat uji coba"
    OTHER = "OTHER", "Alasan lain"


class AnnulmentState(models.TextChoices):
    """Where a request to annul a signature stands; from ASKED it goes to one of the others."""

    ASKED = "ASKED", "Menunggu persetujuan"
    CONSENTED = "CONSENTED", "Disetujui"
    DECLINED = "DECLINED", "Ditolak"
    WITHDRAWN = "WITHDRAWN", "Ditarik"


class AbsenceReason(models.TextChoices):
    """Why somebody cannot sign."""

    LEAVE = "LEAVE", "Cuti"
    SICK = "SICK", "Sakit"
    STUDY = "STUDY", "Tugas belajar"
    TRAVEL = "TRAVEL", "Dinas luar"
    RETIRED = "RETIRED", "Pensiun"
    OTHER = "OTHER", "Lainnya"


class Channel(models.TextChoices):
    """How the secret of an invitation reaches the participant, or that it is not needed: whoever
    has logged in with the own account was identified by that."""

    SLIP = "SLIP", "Slip PIN"
    EMAIL = "EMAIL", "Surel"
    WHATSAPP = "WHATSAPP", "WhatsApp"
    LINK = "LINK", "Tautan pribadi"
    ACCOUNT = "ACCOUNT", "Akun sendiri"
    ASSISTED = "ASSISTED", "Didampingi operator"


class IdentityCheck(models.TextChoices):
    """How an operator made sure of who signs on their device."""

    CARD = "CARD", "KTP atau kartu pegawai dilihat"
    KNOWN = "KNOWN", "Dikenal secara pribadi"


class SigningMethod(models.TextChoices):
    """What the participant put under the pact."""

    DRAWN = "DRAWN", "Goresan tanda tangan"
    TYPED = "TYPED", "Nama yang diketik"


class SlipOrder(models.TextChoices):
    """How the slips of a sheet are sorted: as they will be handed out."""

    UNIT = "UNIT", "Unit kerja, lalu nama"
    NAME = "NAME", "Nama"


class SlipScope(models.TextChoices):
    """For whom of those still to sign a sheet is."""

    MISSING = "MISSING", "Peserta yang belum memegang slip"
    ALL = "ALL", "Semua yang belum menandatangani"


class BatchState(models.TextChoices):
    """Where a sheet of slips stands; its PINs are valid from TAKEN on, never before."""

    QUEUED = "QUEUED", "Menunggu giliran"
    MAKING = "MAKING", "Sedang dibuat"
    READY = "READY", "Siap diambil"
    TAKEN = "TAKEN", "Sudah diambil"
    FAILED = "FAILED", "Gagal dibuat"
    EXPIRED = "EXPIRED", "Tidak diambil"


class PackKind(models.TextChoices):
    """What a pack is for."""

    ARCHIVE = "ARCHIVE", "Arsip ZIP"
    PRINT = "PRINT", "PDF untuk dicetak"


class PackState(models.TextChoices):
    """Where a pack stands; its file lies in the store while it is READY."""

    QUEUED = "QUEUED", "Menunggu giliran"
    MAKING = "MAKING", "Sedang disiapkan"
    READY = "READY", "Siap diunduh"
    FAILED = "FAILED", "Gagal disiapkan"
    EXPIRED = "EXPIRED", "Sudah dihapus"


class SealLevel(models.TextChoices):
    """The levels of PAdES (ETSI EN 319 142): each holds what the one before it holds."""

    B = "B-B", "B-B (segel)"
    T = "B-T", "B-T (segel dan stempel waktu)"
    LT = "B-LT", "B-LT (dengan data pencabutan)"
    LTA = "B-LTA", "B-LTA (dengan stempel waktu arsip)"


class PaperKind(models.TextChoices):
    """The papers of a ceremony, as the audit trail names them."""

    MINUTES = "MINUTES", "Berita acara"
    ATTENDANCE = "ATTENDANCE", "Daftar hadir"
    RECAP = "RECAP", "Rekapitulasi"


class MailingKind(models.TextChoices):
    """What a mailing to participants is for."""

    INVITATION = "INVITATION", "Undangan"
    REMINDER = "REMINDER", "Pengingat"
    LAST_CALL = "LAST_CALL", "Panggilan terakhir"


class MailingState(models.TextChoices):
    """Where a mailing stands; PLANNED until its time has come."""

    PLANNED = "PLANNED", "Dijadwalkan"
    SENDING = "SENDING", "Sedang dikirim"
    DONE = "DONE", "Selesai"
    CANCELLED = "CANCELLED", "Dibatalkan"


class ParticipantMailState(models.TextChoices):
    """Where one mail to one participant stands.

    UNSURE: a worker died between handing it over and noting that; it may have arrived, and is
    never sent again by itself.
    """

    WAITING = "WAITING", "Menunggu dikirim"
    SENDING = "SENDING", "Sedang dikirim"
    SENT = "SENT", "Terkirim"
    BOUNCED = "BOUNCED", "Ditolak alamat tujuan"
    FAILED = "FAILED", "Gagal dikirim"
    UNSURE = "UNSURE", "Mungkin terkirim"
    DROPPED = "DROPPED", "Tidak jadi dikirim"


class Confirmation(models.TextChoices):
    """How somebody confirmed, just before the act, that it was they."""

    PASSWORD = "PASSWORD", "Kata sandi"
    SECOND_FACTOR = "SECOND_FACTOR", "Faktor kedua"


class Moment(models.TextChoices):
    """Where an election stands, as guidance goes by it: one of its phases, before, or after."""

    BEFORE = "BEFORE", "Sebelum tahapan dimulai"
    PENETAPAN_CALON = PhaseKind.PENETAPAN_CALON.value, PhaseKind.PENETAPAN_CALON.label
    KAMPANYE = PhaseKind.KAMPANYE.value, PhaseKind.KAMPANYE.label
    MASA_TENANG = PhaseKind.MASA_TENANG.value, PhaseKind.MASA_TENANG.label
    PEMUNGUTAN_SUARA = PhaseKind.PEMUNGUTAN_SUARA.value, PhaseKind.PEMUNGUTAN_SUARA.label
    AFTER = "AFTER", "Sesudah pemungutan suara"


class BreachLevel(models.TextChoices):
    """How grave a breach of neutrality is: the levels of PP 94/2021, and a crime."""

    RINGAN = "RINGAN", "Hukuman disiplin ringan"
    SEDANG = "SEDANG", "Hukuman disiplin sedang"
    BERAT = "BERAT", "Hukuman disiplin berat"
    PIDANA = "PIDANA", "Pidana"


class ReportKind(models.TextChoices):
    """What a received report of a breach of neutrality is about; never about whom."""

    SOCIAL_MEDIA = "SOCIAL_MEDIA", "Keberpihakan di media sosial"
    CAMPAIGN = "CAMPAIGN", "Keikutsertaan dalam kampanye"
    FACILITIES = "FACILITIES", "Penggunaan fasilitas negara"
    DECISION = "DECISION", "Keputusan yang menguntungkan atau merugikan"
    MOBILISING = "MOBILISING", "Pengerahan pegawai"
    OTHER = "OTHER", "Lainnya"


class ReportRecipient(models.TextChoices):
    """To whom received reports were forwarded."""

    BAWASLU = "BAWASLU", "Bawaslu"
    GAKKUMDU = "GAKKUMDU", "Sentra Gakkumdu"
    BKN = "BKN", "BKN"
    INSPEKTORAT = "INSPEKTORAT", "Inspektorat"
    NOBODY = "NOBODY", "Belum diteruskan"


def timing_note(*, late, in_grace):
    """What is said of a signature that did not simply come in time, else nothing."""
    late_note = "penandatanganan susulan" if late else ""
    grace_note = "dimulai sebelum penutupan, diterima sesudahnya" if in_grace else ""
    return ", ".join(filter(None, (late_note, grace_note))).capitalize()

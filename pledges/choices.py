"""The closed lists of the pledge: kinds, states, channels, methods."""

from django.db import models


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
    """A published text never changes again; a correction is a new version."""

    DRAFT = "DRAFT", "Konsep"
    PUBLISHED = "PUBLISHED", "Diterbitkan"


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
    """Where one participant stands."""

    PENDING = "PENDING", "Belum"
    SIGNED = "SIGNED", "Sudah"
    EXCUSED = "EXCUSED", "Berhalangan"
    REFUSED = "REFUSED", "Menolak"


class Channel(models.TextChoices):
    """How the secret of an invitation reaches the participant, or that it is not needed: whoever
    has logged in with the own account was identified by that."""

    SLIP = "SLIP", "Slip PIN"
    EMAIL = "EMAIL", "Surel"
    WHATSAPP = "WHATSAPP", "WhatsApp"
    LINK = "LINK", "Tautan pribadi"
    ACCOUNT = "ACCOUNT", "Akun sendiri"


class SigningMethod(models.TextChoices):
    """What the participant put under the pact."""

    DRAWN = "DRAWN", "Goresan tanda tangan"
    TYPED = "TYPED", "Nama yang diketik"

"""Why the pledge's services refuse. Every message is a sentence for the person who asked."""

from netralitas.lib.errors import Refusal

from .choices import Channel


class WrongState(Refusal):
    """The ceremony, text or participant is not in a state that allows this."""


class NotOpen(Refusal):
    """The ceremony is not open for signing now."""


class NotYet(NotOpen):
    """The ceremony, or the participant's wave, opens later: the same may be sent again then."""

    status = 425


class AlreadySigned(Refusal):
    """This participant has signed, with another submission."""

    def __init__(self, signature):
        super().__init__("Pakta ini sudah ditandatangani. Satu orang menandatangani satu kali.")
        self.signature = signature


class ForeignKey(Refusal):
    """The submission's nonce belongs to somebody else."""

    def __init__(self):
        super().__init__("Pengiriman ini milik peserta lain. Muat ulang halaman, lalu coba lagi.")


class UnknownInvitation(Refusal):
    """No such link, or one that was replaced: deliberately the same, and as fast."""

    status = 404

    def __init__(self):
        super().__init__(
            "Tautan ini tidak berlaku. Gunakan tautan terakhir yang Anda terima, atau minta tautan "
            "baru kepada operator OPD Anda."
        )


class RevokedInvitation(Refusal):
    """The link or slip of an open page was replaced or withdrawn, or the account has ended."""

    status = 403
    SENTENCES = {
        Channel.SLIP: "Slip PIN ini sudah dicabut karena yang baru telah diterbitkan. Gunakan slip "
        "terakhir yang Anda terima.",
        Channel.ACCOUNT: "Halaman ini tidak berlaku lagi. Buka lagi Halaman saya; bila Anda tidak "
        "dapat masuk, hubungi operator OPD Anda.",
        Channel.ASSISTED: "Halaman ini sudah diganti dengan yang baru. Serahkan perangkat kepada "
        "operator untuk membukanya kembali.",
    }
    BY_LINK = (
        "Tautan ini sudah dicabut karena yang baru telah diterbitkan. Gunakan tautan terakhir yang "
        "Anda terima."
    )

    def __init__(self, channel):
        super().__init__(self.SENTENCES.get(channel, self.BY_LINK))


class StalePage(Refusal):
    """The page's ticket is not one of this server, or too old; `channel` is its way in if known."""

    status = 400
    ADVICE = {
        Channel.SLIP: "Masukkan lagi nomor dan PIN dari slip terakhir Anda.",
        Channel.ACCOUNT: "Buka lagi Halaman saya.",
        Channel.ASSISTED: "Serahkan perangkat kepada operator untuk membukanya kembali.",
        None: "Buka kembali seperti semula: dengan tautan Anda, dengan nomor dan PIN, dari Halaman "
        "saya, atau di perangkat operator.",
    }
    BY_LINK = "Buka kembali tautan terakhir yang Anda terima."

    def __init__(self, channel=None):
        advice = self.ADVICE.get(channel, self.BY_LINK)
        super().__init__(f"Halaman ini sudah kedaluwarsa. {advice}")


class BrokenPage(Refusal):
    """What was posted is not what a page of this server posts."""

    status = 400
    SENTENCE = "Halaman ini tidak lengkap. Muat ulang halaman, lalu coba lagi."

    def __init__(self):
        super().__init__(self.SENTENCE)


class WrongPin(Refusal):
    """Number and PIN do not belong together; deliberately the same for every cause."""

    status = 403

    def __init__(self):
        super().__init__(
            "Nomor atau PIN tidak cocok. Periksa slip terakhir yang Anda terima, lalu coba lagi.",
            "pin",
        )


class Locked(Refusal):
    """Too many wrong PINs for this participant; `minutes` until it is worth trying again."""

    status = 429

    def __init__(self, minutes):
        self.minutes = minutes
        super().__init__(
            f"PIN salah dimasukkan lima kali. Coba lagi {minutes} menit lagi, atau minta operator "
            "OPD Anda atau BKPSDM membuka kuncinya sekarang.",
            "pin",
        )


class Unreadable(Refusal):
    """What a device sent is not what this server's pages send."""

    status = 400

    def __init__(self):
        super().__init__("Kiriman ini tidak terbaca. Muat ulang halaman, lalu tanda tangani lagi.")


class TooLarge(Unreadable):
    """More than any signature needs."""

    status = 413


class NotLogged(Refusal):
    """The signature is not in the register yet, or not under the head that was asked for."""

    def __init__(self):
        super().__init__(
            "Tanda tangan ini belum tercatat di bawah kepala register itu. Pencatatan berlangsung "
            "beberapa detik setelah tanda tangan diterima. Coba lagi sebentar lagi."
        )


class BrokenRegister(Refusal):
    """What is stored of the register does not fit together: the command verify_register tells."""

    def __init__(self):
        super().__init__("Isi register tidak lengkap. Hubungi pengelola sistem.")


class DisplayEnded(Refusal):
    """The address of a big screen is not one of this server, too old, or its ceremony is over."""

    status = 410

    def __init__(self):
        super().__init__("Alamat layar ini sudah berakhir. Buka layar baru dari halaman acara.")


class BadSignature(Refusal):
    """What was submitted cannot count as a signature."""

    status = 400


class BrokenPact(Refusal):
    """The stored file is not the one that was made, or is lost and cannot be made again."""

    def __init__(self, what):
        super().__init__(f"{what} Hubungi pengelola sistem.")


class BatchChanged(Refusal):
    """Not everything that was looked at awaits a countersignature any more."""

    def __init__(self):
        super().__init__(
            "Daftar pakta berubah sejak Anda memeriksanya: ada yang dibatalkan atau sudah "
            "diketahui. Periksa daftarnya sekali lagi."
        )


class RosterChanged(Refusal):
    """The roster that would be frozen is not the one that was looked at."""

    def __init__(self):
        super().__init__(
            "Data pegawai berubah sejak Anda memeriksa daftar ini, sehingga daftar belum "
            "dibekukan. Periksa sekali lagi."
        )


class NotConfirmed(Refusal):
    """Who it is was confirmed too long ago."""

    def __init__(self):
        super().__init__("Konfirmasi Anda sudah kedaluwarsa. Konfirmasi sekali lagi.")

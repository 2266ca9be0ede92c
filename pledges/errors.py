"""Why the pledge's services refuse. Every message is a sentence for the person who asked."""

from netralitas.lib.errors import Refusal

from .choices import Channel


class WrongState(Refusal):
    """The ceremony, text or participant is not in a state that allows this."""


class NotOpen(Refusal):
    """The ceremony is not open for signing now."""


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
    """No such link."""

    status = 404

    def __init__(self):
        super().__init__(
            "Tautan ini tidak dikenal. Periksa kembali tautan yang Anda terima, atau minta "
            "tautan baru kepada operator instansi Anda."
        )


class RevokedInvitation(Refusal):
    """The link or slip was replaced or withdrawn, or the account has ended."""

    status = 403
    SENTENCES = {
        Channel.SLIP: "Slip PIN ini sudah dicabut karena yang baru telah diterbitkan. Gunakan slip "
        "terakhir yang Anda terima.",
        Channel.ACCOUNT: "Akun yang membuka halaman ini tidak berlaku lagi. Hubungi operator "
        "instansi Anda.",
    }
    BY_LINK = (
        "Tautan ini sudah dicabut karena yang baru telah diterbitkan. Gunakan tautan terakhir yang "
        "Anda terima."
    )

    def __init__(self, channel):
        super().__init__(self.SENTENCES.get(channel, self.BY_LINK))


class StalePage(Refusal):
    """The page's ticket is not one of this server, or too old."""

    status = 400

    def __init__(self):
        super().__init__(
            "Halaman ini sudah kedaluwarsa. Buka kembali tautan Anda, atau masukkan lagi nomor dan "
            "PIN."
        )


class WrongPin(Refusal):
    """Number and PIN do not belong together; deliberately the same for every cause."""

    status = 403

    def __init__(self):
        super().__init__("Nomor atau PIN tidak cocok. Periksa slip Anda, lalu coba lagi.", "pin")


class Locked(Refusal):
    """Too many wrong PINs for this participant."""

    status = 403

    def __init__(self, minutes):
        super().__init__(
            f"PIN salah dimasukkan lima kali. Coba lagi {minutes} menit lagi, atau minta slip "
            "baru kepada operator instansi Anda.",
            "pin",
        )


class BadSignature(Refusal):
    """What was submitted cannot count as a signature."""

    status = 400

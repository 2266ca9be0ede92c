"""What a mail server's answer means, in our words: its own text may quote addresses.

Codes of RFC 3463 (enhanced status) are more telling than those of RFC 5321, and come first.
"""

PREFIXES = (
    ("5.1.", "Alamat tidak dikenal oleh server tujuan."),
    ("5.2.2", "Kotak surel penuh."),
    ("5.2.", "Kotak surel tidak aktif atau tidak menerima surel."),
    ("5.3.4", "Surel terlalu besar bagi server tujuan."),
    ("5.4.", "Server tujuan tidak dapat dihubungi."),
    ("5.7.", "Server tujuan menolak surel ini karena aturan keamanannya."),
    ("4.2.2", "Kotak surel penuh."),
    ("4.4.", "Server tujuan tidak dapat dihubungi."),
    ("4.7.", "Server tujuan menunda surel ini karena aturan keamanannya."),
)
CODES = {
    550: "Alamat tidak dikenal atau ditolak oleh server tujuan.",
    551: "Alamat tidak dikenal oleh server tujuan.",
    552: "Kotak surel penuh.",
    553: "Alamat tidak sah menurut server tujuan.",
    0: "Sambungan ke server surel terputus.",
}
OTHERWISE = "Server surel menolak."
LATER = "Server surel belum dapat menerima."
SIGNED = "Peserta sudah menandatangani atau tidak ditunggu lagi."
NO_ADDRESS = "Pegawai ini tidak lagi memiliki alamat surel yang dapat dikirimi."
NOT_WRITTEN = "Surel ini tidak dapat ditulis; periksa alamat dan isinya."
RECENT = "Peserta sudah mendapat surel lain untuk acara ini dalam satu jam terakhir."
CLOSED = "Penandatanganan sudah ditutup."
STOPPED = "Kiriman dihentikan."
UNSURE = "Pengiriman terputus setelah surel diserahkan. Surel mungkin sudah sampai."


def sentence_for(code=0, status=""):
    """A sentence for an answer `code` with an enhanced `status`, either of which may be missing."""
    found = next((words for prefix, words in PREFIXES if status.startswith(prefix)), None)
    later = LATER if 400 <= code < 500 else OTHERWISE
    told = status or (str(code) if code else "")
    return f"{found or CODES.get(code, later)}{f' (kode {told})' if told else ''}"

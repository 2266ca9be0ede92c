"""Numbers and dates in words, as official minutes spell them out ("terbilang")."""

from .dates import MONTHS, WEEKDAYS, local_day

ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
# From which number on the word counts, and with "se" in front where it counts once.
SCALES = (
    (1_000_000_000, "miliar", "satu miliar"),
    (1_000_000, "juta", "satu juta"),
    (1_000, "ribu", "seribu"),
    (100, "ratus", "seratus"),
)


def in_words(number):
    """A whole number from 0 to 999 999 999 999 in words: 2022 is "dua ribu dua puluh dua".

    Raises ValueError for any other.
    """
    if not 0 <= number < 10**12:
        raise ValueError("only numbers from 0 to 999 999 999 999 are spelled out")
    if number < len(ONES):
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    for scale, name, once in SCALES:
        if number >= scale:
            times, rest = divmod(number, scale)
            return _joined(once if times == 1 else f"{in_words(times)} {name}", rest)
    tens, rest = divmod(number, 10)
    return _joined(f"{ONES[tens]} puluh", rest)


def _joined(words, rest):
    return f"{words} {in_words(rest)}" if rest else words


def date_in_words(moment, zone_name):
    """Reads "Selasa tanggal tiga belas bulan Desember tahun dua ribu dua puluh dua"."""
    day = local_day(moment, zone_name)
    return (
        f"{WEEKDAYS[day.weekday()]} tanggal {in_words(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {in_words(day.year)}"
    )

"""Identity numbers as they are printed, and as they may be shown to strangers.

A NIP is `YYYYMMDD YYYYMM S NNN` (birth date, first appointment, sex, sequence); an NI PPPK is
printed in the same groups; a NIK in groups of four. Numbers are strings: eighteen digits do not
survive as a spreadsheet's float.
"""

GROUPS = {"NIP": (8, 6, 1, 3), "NI_PPPK": (8, 6, 1, 3), "NIK": (4, 4, 4, 4)}
SHOWN_FIRST = 4
SHOWN_LAST = 3
LEAST_HIDDEN = 6


def printed(number, kind):
    """The number in its groups: "19790606 200104 2 001", "1472 0117 0194 0001".

    A number of another length than its kind has is printed as it is: a wrong number is warned of
    elsewhere, never hidden. Raises KeyError for a kind other than NIP, NI_PPPK and NIK.
    """
    groups = GROUPS[kind]
    if len(number) != sum(groups):
        return number
    parts, start = [], 0
    for size in groups:
        parts.append(number[start : start + size])
        start += size
    return " ".join(parts)


def masked(number):
    """The number with all but its first four and last three characters hidden.

    Neither the day of birth nor the appointment can be read from it. A number too short to hide
    at least six characters that way is hidden whole.
    """
    hidden = len(number) - SHOWN_FIRST - SHOWN_LAST
    if hidden < LEAST_HIDDEN:
        return "•" * len(number)
    return number[:SHOWN_FIRST] + "•" * hidden + number[-SHOWN_LAST:]

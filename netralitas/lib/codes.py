"""Codes that people read from paper or a screen and type again.

Receipt codes are written in Crockford's base 32, which has no I, L, O and U. Ceremony codes are
shorter, read aloud and from afar: they leave out every character that has a look-alike.
"""

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OIL", "011")
SEPARATORS = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u00a0\t\r\n")
RECEIPT_BITS = 128
RECEIPT_LENGTH = 26
RECEIPT_GROUPS = (5, 5, 5, 5, 6)

CEREMONY_ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
CEREMONY_LENGTH = 8


def new_receipt():
    """A receipt code: 128 random bits as 26 characters, without separators."""
    return encode(secrets.randbits(RECEIPT_BITS))


def encode(number):
    """A number below 2**130 as 26 characters of Crockford's base 32, zeros first."""
    digits = [CROCKFORD[(number >> shift) & 31] for shift in range(0, RECEIPT_LENGTH * 5, 5)]
    return "".join(reversed(digits))


def normalise(typed):
    """The receipt code somebody typed, as it is stored; None if it cannot be one.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
    """
    code = _plain(typed).translate(LOOK_ALIKES)
    return code if _made_of(code, CROCKFORD, RECEIPT_LENGTH) else None


def grouped(receipt):
    """A receipt code for print: XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX."""
    parts, start = [], 0
    for size in RECEIPT_GROUPS:
        parts.append(receipt[start : start + size])
        start += size
    return "-".join(parts)


def new_ceremony_code():
    """The code of a ceremony's entrance: 8 random characters, none with a look-alike.

    It opens a public page and is no secret.
    """
    return "".join(secrets.choice(CEREMONY_ALPHABET) for _ in range(CEREMONY_LENGTH))


def normalise_ceremony_code(typed):
    """The ceremony code somebody typed, as it is stored; None if it cannot be one."""
    code = _plain(typed)
    return code if _made_of(code, CEREMONY_ALPHABET, CEREMONY_LENGTH) else None


def spaced(code):
    """A ceremony code or a PIN for print: two groups of four."""
    return f"{code[:4]} {code[4:]}"


def _plain(typed):
    """What was typed in capitals, without spaces and dashes; "" if it is not ASCII.

    Some letters outside ASCII have capitals inside it: a German sharp s would turn into two S.
    """
    code = typed.translate(SEPARATORS)
    return code.upper() if code.isascii() else ""


def _made_of(code, alphabet, length):
    """Whether the code has this length and only characters of the alphabet."""
    return len(code) == length and set(code) <= set(alphabet)

"""How a person's name is put together and reduced."""

import unicodedata


def full_name(prefix, name, suffix):
    """Name as on paper: `gelar_depan Nama, gelar_belakang`; empty titles leave no trace."""
    text = f"{prefix.strip()} {name.strip()}".strip()
    return f"{text}, {suffix.strip()}" if suffix.strip() else text


def same_name(one, other):
    """Whether two spellings are one name: case, accents, punctuation and spacing do not count."""
    return bool(reduced(one)) and reduced(one) == reduced(other)


def reduced(name):
    """Only the letters of a name, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if c.isalnum()).casefold()

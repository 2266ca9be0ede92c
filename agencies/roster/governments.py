"""Which government a name in an export means."""

import re
from functools import lru_cache

from django.utils.text import slugify

GOVERNMENT = re.compile(r"^pemerintah\s+", re.IGNORECASE)
# How the field shortens "Pemerintah Kota", "Pemerintah Kabupaten" and "Kabupaten".
SHORTENED = (
    (re.compile(r"^pemkot?\s+", re.IGNORECASE), "Kota "),
    (re.compile(r"^(pemkab|kab)\b\.?\s*", re.IGNORECASE), "Kabupaten "),
)


def slug_of(name):
    """Short name of a government: "Pemerintah Kota Dumai" is `kota-dumai`."""
    return slugify(GOVERNMENT.sub("", name.strip()))


@lru_cache(maxsize=512)
def is_government(name, slug):
    """Whether `name` means the government `slug`, written out or shortened ("Pemko", "Kab.")."""
    return _whole(slug_of(name)) == _whole(slug)


def _whole(slug):
    for pattern, word in SHORTENED:
        slug = pattern.sub(word, slug.replace("-", " "))
    return slugify(slug)

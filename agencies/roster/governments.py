"""Which government a name in an export means."""

import re
from functools import lru_cache

from django.utils.text import slugify


def slug_of(name):
    """Short name of a government: "Pemerintah Kota Dumai" is `kota-dumai`."""
    return slugify(re.sub(r"^pemerintah\s+", "", name.strip(), flags=re.IGNORECASE))


@lru_cache(maxsize=512)
def is_government(name, slug):
    """Whether `name` means the government `slug`; "Kab." and "Kabupaten" are the same word."""
    return _whole(slug_of(name)) == _whole(slug)


def _whole(slug):
    return re.sub(r"^kab-", "kabupaten-", slug)

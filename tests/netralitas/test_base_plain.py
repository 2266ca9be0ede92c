"""The frame of public pages: light enough for a phone on a full field's network."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

MOST_BYTES = 60 * 1024  # compressed, so that 40 KB of the 100 KB budget are left to the page itself


def test_the_plain_frame_loads_no_script_and_little_else():
    html = render_to_string("base_plain.html")
    assert "<script" not in html
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    assert "css/tokens.css" in files
    sizes = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in files}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_the_frame_speaks_indonesian_and_can_be_skipped():
    html = render_to_string("base_plain.html")
    assert '<html lang="id">' in html
    assert '<a class="skip-link" href="#isi">Lompat ke isi</a>' in html
    assert '<main id="isi"' in html
    assert '<a href="/v/">Verifikasi pakta</a>' in html

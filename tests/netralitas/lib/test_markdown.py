"""Markdown becomes safe HTML with a table of contents."""

import pytest

from netralitas.lib.markdown import Section, render

TEXT = """# Panduan

Pembuka.

## Membuka acara

![Layar](../../static/img/logo.png)

## Menutup

<script>alert(1)</script>
"""


def test_title_and_sections_are_told_apart_from_the_body():
    page = render(TEXT)
    assert page.title == "Panduan"
    opening, closing = Section("membuka-acara", "Membuka acara"), Section("menutup", "Menutup")
    assert page.sections == (opening, closing)
    assert "<h1>" not in page.html
    assert '<h2 id="membuka-acara">Membuka acara</h2>' in page.html


def test_pictures_of_the_repository_are_served_as_static_files():
    assert '<img src="/static/img/logo.png" alt="Layar" loading="lazy" />' in render(TEXT).html


def test_html_in_the_text_is_shown_as_text():
    page = render(TEXT)
    assert "<script>" not in page.html
    assert "&lt;script&gt;" in page.html


@pytest.mark.parametrize("text", ["", "Tanpa judul.\n", "## Hanya bagian\n"])
def test_a_text_without_a_title_is_refused(text):
    with pytest.raises(ValueError, match="first level"):
        render(text)

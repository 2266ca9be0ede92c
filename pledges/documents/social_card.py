"""The picture of a public page for those who share it: 1200 × 630 pixels, drawn by the server.

The same facts give the same bytes. Fonts are those of the machine (netralitas/lib/fonts.py).
"""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from netralitas.lib.charts import grouped
from netralitas.lib.fonts import font_file

SIZE = (1200, 630)
EDGE, FOOT = 72, 558
INK, PAPER, MUTED, SOGAN, SOGAN_LIGHT = "#172334", "#ffffff", "#c3ccd6", "#8f5b26", "#dcb27a"
TRACK = "#33475f"
REGULAR, BOLD = "Liberation Sans", "Liberation Sans:bold"
LOGO = 96
BAR, BAR_AT, FINE = 16, 514, 4
# Sizes a title is tried in, and how many lines of it there is room for.
TITLE_SIZES, TITLE_LINES = (58, 50, 44), 3


@lru_cache(maxsize=32)
def card(facts):
    """The PNG of these `PublicFacts`."""
    picture = Image.new("RGB", SIZE, INK)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 18, SIZE[1]), fill=SOGAN)
    _letterhead(picture, draw, facts)
    _title(draw, facts)
    _figures(picture, draw, facts)
    _text(draw, (EDGE, FOOT), f"{facts.day} · {facts.place}", REGULAR, 26, MUTED)
    target = io.BytesIO()
    picture.save(target, format="PNG", optimize=True)
    return target.getvalue()


def _letterhead(picture, draw, facts):
    left = EDGE
    if facts.logo:
        logo = Image.open(io.BytesIO(facts.logo)).convert("RGBA")
        logo.thumbnail((LOGO - 16, LOGO - 16))
        draw.rounded_rectangle((left, 52, left + LOGO, 52 + LOGO), radius=14, fill=PAPER)
        at = (left + (LOGO - logo.width) // 2, 52 + (LOGO - logo.height) // 2)
        picture.paste(logo, at, logo)
        left += LOGO + 26
    _text(draw, (left, 66), facts.government, BOLD, 30, PAPER)
    _text(draw, (left, 106), "Ikrar netralitas dan pakta integritas", REGULAR, 25, SOGAN_LIGHT)


def _title(draw, facts):
    for size in TITLE_SIZES:
        lines = _wrapped(facts.title, _font(BOLD, size), SIZE[0] - 2 * EDGE)
        if len(lines) <= TITLE_LINES:
            break
    for at, text in enumerate(lines[:TITLE_LINES]):
        cut = at == TITLE_LINES - 1 and len(lines) > TITLE_LINES
        place = (EDGE, 184 + at * size * 1.18)
        _text(draw, place, f"{text}…" if cut else text, BOLD, size, PAPER)


def _figures(picture, draw, facts):
    if facts.total is None:
        _text(draw, (EDGE, 470), facts.state, BOLD, 34, SOGAN_LIGHT)
        return
    total = facts.total
    signed = grouped(total.signed)
    _text(draw, (EDGE, 398), signed, BOLD, 84, SOGAN_LIGHT)
    left = EDGE + _font(BOLD, 84).getlength(signed) + 24
    _text(draw, (left, 412), f"dari {grouped(total.invited)} pegawai", BOLD, 32, PAPER)
    _text(draw, (left, 450), "telah menandatangani", REGULAR, 28, MUTED)
    wide = SIZE[0] - 2 * EDGE
    _bar(picture, wide, TRACK)
    if total.signed:
        _bar(picture, max(wide * total.signed // total.invited, BAR), SOGAN_LIGHT)


def _bar(picture, wide, colour):
    """A bar with round ends, drawn larger and made smaller so that these are smooth."""
    large = Image.new("L", (wide * FINE, BAR * FINE))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *large.size), BAR * FINE // 2, fill=255)
    picture.paste(colour, (EDGE, BAR_AT), large.resize((wide, BAR), Image.Resampling.LANCZOS))


def _text(draw, place, text, face, size, colour):
    """One line, cut with an ellipsis where it would leave the picture."""
    font, room = _font(face, size), SIZE[0] - EDGE - place[0]
    if font.getlength(text) > room:
        while text and font.getlength(f"{text}…") > room:
            text = text[:-1]
        text = f"{text.rstrip()}…"
    draw.text(place, text, font=font, fill=colour)


def _wrapped(text, font, width):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=16)
def _font(face, size):
    return ImageFont.truetype(font_file(face), size)

"""Lines of text as HarfBuzz sets them: glyphs with kerning, how wide they are, where they break.

It sets what is written from left to right with the letters of an alphabet, one glyph for each, as
Pango does. Anything else raises NotSettable: then a page renderer has to do it.
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import uharfbuzz as hb

from .fonts import font_file

ALPHABET = "".join(map(chr, range(0x20, 0x7F))) + "‘’“”–—"
SCRIPT, LANGUAGE = "Latn", "id"
# Tables that serve setting text, not showing glyphs.
UNNEEDED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "kern")
FLAGS = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE
REMEMBERED = 512
BREAK = re.compile(r" |(?<=\w)[-/](?=[A-Za-z])")
# Where Unicode's rules on breaking lines say more than BREAK does (UAX 14).
UNSURE = re.compile(
    r"[|–—!?{}\"“”‘]|[(\[] | [)\].,;:/]|' *\(|\]\w|(?<!\w)-(?=[^\s\d])|[-/](?=[^\w\s])"
)
# How far a piece of a line may be from the same piece alone: kerning with a space, in ems.
NEAR = 0.15
# Two renderers may round a width differently, in ems.
CLOSE = 0.002


class NotSettable(ValueError):
    """A text that is not for here; it must be laid out by a page renderer."""


class Shaped(NamedTuple):
    """A line set: its glyphs, how far each moves on (in thousandths), its width in ems, and what
    shows it in a PDF: an array for TJ.
    """

    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    width: float
    shown: bytes


class Typeface:
    """One font file of the machine, with the letters it is used for."""

    def __init__(self, pattern, alphabet=ALPHABET):
        self.face = hb.Face(hb.Blob.from_file_path(font_file(pattern)))
        self.font = hb.Font(self.face)
        self.scale = 1000 / self.face.upem
        self.letters = {}
        for char in alphabet:
            glyph = self.font.get_nominal_glyph(ord(char))
            if glyph:
                self.letters[glyph] = char
        self.alphabet = frozenset(self.letters.values())
        self.shaped = lru_cache(maxsize=REMEMBERED)(self._shaped)

    def advance(self, glyph):
        """How far a glyph moves on without kerning, in thousandths, as a PDF declares it."""
        return round(self.font.get_glyph_h_advance(glyph) * self.scale)

    def subset(self, glyphs):
        """A font file with these glyphs alone, under their own numbers."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.flags = FLAGS
        for tag in UNNEEDED:
            wanted.drop_table_tag_set.add(int.from_bytes(tag.encode()))
        return bytes(hb.subset(self.face, wanted).blob.data)

    def wrapped(self, text, room):
        """`text` in lines not wider than `room` (in ems), broken as a page renderer does.

        Raises NotSettable where that is not sure.
        """
        whole = self.shaped(text)
        if whole.width <= room - CLOSE:
            return (text,)
        if UNSURE.search(text):
            raise NotSettable("unsure where to break")
        # One glyph for each letter, so that letters count as glyphs.
        reach = (0, *accumulate(whole.advances))
        ends = [found.end() for found in BREAK.finditer(text)] + [len(text)]
        lines, start = [], 0
        while start < len(text):
            end = self._line_end(text, start, [end for end in ends if end > start], reach, room)
            lines.append(text[start:end].rstrip())
            start = end
        return tuple(lines)

    def _line_end(self, text, start, ends, reach, room):
        best = None
        for end in ends:
            line = text[start:end].rstrip()
            width = (reach[start + len(line)] - reach[start]) / 1000
            if width > room - NEAR:
                width = self.shaped(line).width
            if abs(width - room) < CLOSE:
                raise NotSettable("too close to the edge")
            if width > room:
                break
            best = end
        if best is None:
            raise NotSettable("a word wider than the line")
        return best

    def _shaped(self, text):
        if not self.alphabet.issuperset(text):
            raise NotSettable("a letter outside the alphabet")
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", SCRIPT, LANGUAGE
        hb.shape(self.font, buffer)
        glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
        places = buffer.glyph_positions
        alone = len(glyphs) == len(text) and self.letters.keys() >= set(glyphs)
        if not alone or any(place.x_offset or place.y_offset for place in places):
            raise NotSettable("letters that join")
        advances = tuple(place.x_advance * self.scale for place in places)
        return Shaped(glyphs, advances, sum(advances) / 1000, self._shown(glyphs, advances))

    def _shown(self, glyphs, advances):
        """The glyphs in hexadecimal, and between them by how much less they move on."""
        parts = []
        for glyph, advance in zip(glyphs, advances, strict=True):
            less = int(self.advance(glyph) - advance)
            parts.append(f"{glyph:04x}>{less}<" if less else f"{glyph:04x}")
        return f"[<{''.join(parts)}>]".encode()


@lru_cache(maxsize=32)
def typeface(pattern):
    """The typeface of a fontconfig pattern, read once for the life of the process."""
    return Typeface(pattern)

"""Fonts set directly into a PDF: what text measures, and the glyphs that were used.

For sheets of thousands of the same small thing, where a page renderer takes minutes. Text is set
glyph by glyph: kerning, ligatures and scripts that join their letters are not for here.
"""

import subprocess
from functools import cached_property, lru_cache
from io import BytesIO

import pydyf
from fontTools import subset
from fontTools.ttLib import TTFont

# How many pieces of text keep their glyphs at hand: labels come on every page.
REMEMBERED = 512
# Dropped before a font is cut down: to read them takes nine tenths of the time.
LAYOUT_TABLES = {"GSUB", "GPOS", "GDEF"}


class FontMissing(OSError):
    """The machine has no font to print with, or nothing that finds it."""


class Font:
    """One font file of the machine, for one document."""

    def __init__(self, pattern):
        self.file = font_file(pattern)
        self.font = TTFont(self.file, lazy=True)
        self.glyphs = {
            code: self.font.getGlyphID(name) for code, name in self.font.getBestCmap().items()
        }
        self.metrics = self.font["hmtx"].metrics
        self.units = self.font["head"].unitsPerEm
        self.used = {}

    @cached_property
    def advances(self):
        """The width of each character's glyph, in thousandths of the font's size."""
        names = self.font.getBestCmap()
        scale = 1000 / self.units
        return {chr(code): self.metrics[names[code]][0] * scale for code in names}

    def encoded(self, text):
        """The glyphs of `text`, whose characters it knows, as the hexadecimal of a PDF string."""
        found = [self.glyphs[ord(char)] for char in text]
        self.used.update(zip(found, text, strict=True))
        return "".join(f"{glyph:04X}" for glyph in found)

    def embedded(self, pdf):
        """Add the glyphs used so far to `pdf`; a reference for a page's resources."""
        program = self._program()
        stream = pydyf.Stream([program], {"Length1": len(program)}, compress=True)
        to_text = pydyf.Stream([to_unicode(self.used)], compress=True)
        pdf.add_object(stream)
        pdf.add_object(to_text)
        name = f"/NETRAL+{self.font['name'].getDebugName(6)}"
        descriptor = pydyf.Dictionary(self._descriptor(name) | {"FontFile2": stream.reference})
        pdf.add_object(descriptor)
        descendant = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": pydyf.Dictionary(
                    {
                        "Registry": pydyf.String("Adobe"),
                        "Ordering": pydyf.String("Identity"),
                        "Supplement": 0,
                    }
                ),
                "CIDToGIDMap": "/Identity",
                "FontDescriptor": descriptor.reference,
                "W": self._widths(),
            }
        )
        pdf.add_object(descendant)
        font = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pydyf.Array([descendant.reference]),
                "ToUnicode": to_text.reference,
            }
        )
        pdf.add_object(font)
        return font.reference

    def _program(self):
        """The font file with the glyphs used alone, under their own numbers."""
        options = subset.Options(retain_gids=True, hinting=False, notdef_outline=True)
        options.drop_tables += ["OS/2", "kern", "name", "post", "cmap"]
        with TTFont(self.file, recalcTimestamp=False) as font:
            for table in LAYOUT_TABLES.intersection(font.keys()):
                del font[table]
            subsetter = subset.Subsetter(options)
            subsetter.populate(gids=self.used)
            subsetter.subset(font)
            target = BytesIO()
            font.save(target)
        return target.getvalue()

    def _descriptor(self, name):
        head, hhea = self.font["head"], self.font["hhea"]
        scale = 1000 / self.units
        box = (head.xMin, head.yMin, head.xMax, head.yMax)
        return {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4,
            "FontBBox": pydyf.Array(round(side * scale) for side in box),
            "ItalicAngle": 0,
            "Ascent": round(hhea.ascent * scale),
            "Descent": round(hhea.descent * scale),
            "CapHeight": round(hhea.ascent * scale),
            "StemV": 80,
        }

    def _widths(self):
        widths = pydyf.Array()
        for glyph, char in sorted(self.used.items()):
            widths.extend([glyph, pydyf.Array([round(self.advances[char], 2)])])
        return widths


class Face:
    """Fonts for one look: each character is taken from the first that knows it."""

    def __init__(self, *fonts):
        self.fonts = {char: font for font in reversed(fonts) for char in font.advances}
        self.advances = {char: font.advances[char] for char, font in self.fonts.items()}
        self.runs = lru_cache(maxsize=REMEMBERED)(self._runs)

    def width(self, text, size):
        """How wide `text` is, in the unit of `size`."""
        return size / 1000 * sum(self.advances.get(char, 0) for char in text)

    def _runs(self, text):
        """(font, glyphs, width in thousandths) of the pieces of `text` that share a font.

        A character that no font knows is left out.
        """
        runs = []
        for char in text:
            font = self.fonts.get(char)
            if font is None:
                continue
            if runs and runs[-1][0] is font:
                runs[-1][1].append(char)
            else:
                runs.append((font, [char]))
        return [
            (font, font.encoded("".join(chars)), sum(font.advances[char] for char in chars))
            for font, chars in runs
        ]

    def wrapped(self, text, size, width):
        """`text` in lines not wider than `width`, broken between words; within one that is wider
        than a whole line.
        """
        lines = [""]
        for word in text.split():
            for piece in self._pieces(word, size, width):
                longer = f"{lines[-1]} {piece}".strip()
                if self.width(longer, size) <= width:
                    lines[-1] = longer
                else:
                    lines.append(piece)
        return [line for line in lines if line]

    def _pieces(self, word, size, width):
        if self.width(word, size) <= width:
            yield word
            return
        piece = ""
        for char in word:
            if piece and self.width(piece + char, size) > width:
                yield piece
                piece = ""
            piece += char
        yield piece


@lru_cache(maxsize=16)
def font_file(pattern):
    """The file of the font that fontconfig has for a pattern like "Liberation Sans:bold"."""
    command = ["fc-match", "--format=%{file}", pattern]
    try:
        found = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise FontMissing(f"no font for {pattern}") from error
    return found.stdout


def to_unicode(used):
    """The table by which a reader finds, copies and reads aloud what was set."""
    pairs = [
        f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for glyph, char in sorted(used.items())
    ]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    tables = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{tables}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )

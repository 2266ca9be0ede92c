"""Uploaded pictures: whatever somebody sends becomes a small PNG made by us, or a refusal.

What a file claims to be does not count, only what it holds. Nothing of it but its pixels is kept:
no metadata, no colour profile, no second picture, no bytes behind the end. Drawings (SVG) may hold
scripts and are not taken.
"""

import io
import struct

from PIL import Image, ImageFile, ImageOps

from .errors import Refusal

MOST_BYTES = 3 * 1024 * 1024
LONGEST_SIDE = 6000
FORMATS = ("PNG", "JPEG", "WEBP")
MEDIA_TYPES = "image/png,image/jpeg,image/webp"
# What a PNG of ours may be: enough for 22 mm on paper at 300 dpi, little in thousands of pacts.
SIDES = (512, 384, 256, 128)
MOST_STORED = 128 * 1024
DEEP_GREY = ("I", "I;16", "I;16B", "I;16L", "F")
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
# The parts of a PNG that say what is seen: the pixels, whether they move, and how they are turned.
PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"eXIf"}

FIELD = "picture"  # what forms call it
TOO_MANY_BYTES = "Berkas gambar paling besar 3 MB."
NOT_A_PICTURE = "Berkas ini bukan gambar PNG, JPEG, atau WebP yang utuh."
TOO_MANY_PIXELS = "Gambar paling besar 6.000 piksel pada setiap sisi."
MOVES = "Gambar bergerak tidak dapat dipakai. Unggah gambar yang diam."
# What Pillow raises for files that are damaged, or made to hurt.
DAMAGE = (
    Image.DecompressionBombError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


def small_png(data):
    """The picture in `data` as a PNG of at most 512 pixels a side and 128 KB.

    It stands upright, in sRGB or sRGB with transparency, and the same bytes give the same PNG.
    Raises Refusal for more than 3 MB, more than 6000 pixels a side (told before a pixel is
    decoded), for a moving picture, and for anything that is no whole PNG, JPEG or WebP.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(TOO_MANY_BYTES, FIELD)
    # WeasyPrint, once imported, has Pillow fill up for the whole process what is cut off. It only
    # gets pictures of ours, which are whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture = Image.open(io.BytesIO(_without_texts(data)), formats=FORMATS)
        _check(picture)
        return _fitting(_upright(picture))
    except DAMAGE as error:
        raise Refusal(NOT_A_PICTURE, FIELD) from error


def _without_texts(data):
    """A PNG without the parts in which a few bytes can unfold into many; other files as they are.

    Raises struct.error where a part is cut off.
    """
    if not data.startswith(PNG_HEAD):
        return data
    kept, at = [PNG_HEAD], len(PNG_HEAD)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        part = data[at : at + length + 12]
        if kind in PNG_PARTS:
            kept.append(part)
        at += len(part)
        if kind == b"IEND":
            break
    return b"".join(kept)


def _check(picture):
    if max(picture.size) > LONGEST_SIDE:
        raise Refusal(TOO_MANY_PIXELS, FIELD)
    # A JPEG may carry further views of its scene; its first is the picture.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise Refusal(MOVES, FIELD)


def _upright(picture):
    """The decoded picture, made small, turned as its camera was held, in RGB or RGBA."""
    picture.draft("RGB", (SIDES[0], SIDES[0]))  # spares memory where the format can: JPEG
    picture.load()
    if picture.mode in DEEP_GREY:
        picture = _shallow(picture)
    small = _in_colours(picture)
    small.thumbnail((SIDES[0], SIDES[0]))
    return ImageOps.exif_transpose(small)


def _shallow(picture):
    """16 bits of grey as 8; Pillow would cut them off at white."""
    return picture.convert("F").point(lambda grey: grey / 256).convert("L")


def _in_colours(picture):
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _fitting(picture):
    """The largest PNG that is small enough; at the smallest size every picture is."""
    for side in SIDES:
        picture.thumbnail((side, side))
        content = _encoded(picture)
        if len(content) <= MOST_STORED:
            break
    return content


def _encoded(picture):
    """The pixels alone: a new picture has nothing else."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, format="PNG", optimize=True)
    return target.getvalue()

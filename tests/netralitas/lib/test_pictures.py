"""What becomes of an uploaded picture, whatever it claims to be."""

import io
import random
import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from netralitas.lib import pictures
from netralitas.lib.errors import Refusal
from netralitas.lib.pictures import small_png

RED = (200, 30, 20)


def file_of(image, kind="PNG", **options):
    target = io.BytesIO()
    image.save(target, format=kind, **options)
    return target.getvalue()


def plain(size=(100, 50), mode="RGB"):
    return Image.new("RGB", size, RED).convert(mode)


def noise(size, mode="RGB"):
    pixels = random.Random(1).randbytes(size[0] * size[1] * len(mode))
    return Image.frombytes(mode, size, pixels)


def made_of(data):
    """The picture that `data` becomes, which is always a PNG with nothing but pixels."""
    image = Image.open(io.BytesIO(small_png(data)))
    image.load()
    assert (image.format, image.info, image.getexif()) == ("PNG", {}, {})
    return image


def refusal_of(data):
    with pytest.raises(Refusal) as refused:
        small_png(data)
    return refused.value.message


def nearly(pixel, colour):
    return all(abs(one - other) <= 6 for one, other in zip(pixel, colour, strict=True))


# What is taken ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_png_jpeg_or_webp_becomes_a_png(kind):
    image = made_of(file_of(plain(), kind))
    assert (image.mode, image.size) == ("RGB", (100, 50))
    assert nearly(image.getpixel((50, 25)), RED)


@pytest.mark.parametrize(
    ("mode", "kind", "seen"),
    [
        ("P", "PNG", RED),
        ("CMYK", "JPEG", RED),
        ("L", "PNG", (80, 80, 80)),
        ("L", "JPEG", (80, 80, 80)),
    ],
)
def test_every_way_of_writing_colours_is_read(mode, kind, seen):
    image = plain((40, 40)).quantize(2) if mode == "P" else plain((40, 40), mode)
    assert nearly(made_of(file_of(image, kind)).getpixel((9, 9)), seen)


def test_black_and_white_stay_so():
    image = Image.new("1", (40, 40))
    image.paste(1, (20, 0, 40, 40))
    made = made_of(file_of(image))
    assert [made.getpixel((x, 5)) for x in (5, 35)] == [(0, 0, 0), (255, 255, 255)]


def test_sixteen_bits_of_grey_are_not_cut_off_at_white():
    image = made_of(file_of(Image.new("I;16", (20, 20), 30000)))
    assert image.getpixel((3, 3)) == (117, 117, 117)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_is_kept(kind):
    image = Image.new("RGBA", (40, 40), (*RED, 0))
    image.paste((*RED, 128), (20, 0, 40, 40))
    made = made_of(file_of(image, kind))
    assert made.mode == "RGBA"
    assert [made.getpixel((x, 5))[3] for x in (5, 35)] == [0, 128]


def test_the_transparent_colour_of_a_palette_is_kept():
    image = plain((40, 40)).quantize(2)
    made = made_of(file_of(image, transparency=image.getpixel((0, 0))))
    assert made.getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_stands_as_its_camera_was_held(kind):
    turned = Image.Exif()
    turned[0x0112] = 6
    image = plain((100, 50))
    image.paste((0, 0, 255), (0, 0, 20, 50))
    made = made_of(file_of(image, kind, exif=turned))
    assert made.size == (50, 100)
    assert nearly(made.getpixel((25, 5)), (0, 0, 255))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_colour_profile_is_dropped_however_large(kind):
    data = file_of(plain(), kind, icc_profile=random.Random(1).randbytes(1_500_000))
    assert nearly(made_of(data).getpixel((50, 25)), RED)


@pytest.mark.parametrize(
    ("given", "made"),
    [((2000, 1000), (512, 256)), ((300, 1200), (128, 512)), ((6000, 3), (512, 1))],
)
def test_it_becomes_at_most_512_pixels_a_side(given, made):
    assert made_of(file_of(plain(given))).size == made


def test_a_picture_that_does_not_shrink_is_made_smaller_until_it_is_small():
    data = file_of(noise((600, 600), "RGBA"), "WEBP", lossless=True)
    assert len(data) > pictures.MOST_STORED
    assert len(small_png(data)) <= pictures.MOST_STORED


def test_the_same_bytes_give_the_same_picture():
    data = file_of(noise((200, 100)), "JPEG")
    assert small_png(data) == small_png(data)


def test_what_stands_behind_the_end_is_dropped():
    hidden = b"<script>alert(1)</script>"
    for kind in ("PNG", "JPEG", "WEBP"):
        assert hidden not in small_png(file_of(plain(), kind) + hidden)


# What is refused --------------------------------------------------------------------------------


def test_more_than_three_megabytes_are_refused():
    assert refusal_of(b"\x89PNG\r\n\x1a\n" + bytes(3 * 1024 * 1024)) == pictures.TOO_MANY_BYTES


def chunk(kind, content):
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png_claiming(width, height, *chunks):
    """A PNG that says it has so many pixels and holds none."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    parts = [head, *chunks, chunk(b"IDAT", zlib.compress(bytes(100))), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("size", [(6001, 10), (10, 6001), (9000, 9000)])
def test_more_than_6000_pixels_a_side_are_refused_before_any_is_decoded(size):
    tracemalloc.start()
    assert refusal_of(png_claiming(*size)) == pictures.TOO_MANY_PIXELS
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_picture_of_billions_of_pixels_is_refused():
    assert refusal_of(png_claiming(60_000, 60_000)) == pictures.NOT_A_PICTURE


def test_text_that_unfolds_into_a_hundred_megabytes_is_never_unfolded():
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000)))
    whole = file_of(plain())
    ihdr_end = 8 + 25
    data = whole[:ihdr_end] + bomb + whole[ihdr_end:]
    assert nearly(made_of(data).getpixel((50, 25)), RED)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    frames = [plain(), plain().transpose(Image.Transpose.ROTATE_180), noise((100, 50))]
    data = file_of(frames[0], kind, save_all=True, append_images=frames[1:])
    assert refusal_of(data) == pictures.MOVES


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_cut_off_is_refused_also_where_another_library_would_fill_it_up(
    kind, monkeypatch
):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = file_of(noise((300, 300)), kind)
    for end in (5, 30, 100, len(data) // 2, len(data) - 100):
        assert refusal_of(data[:end]) == pictures.NOT_A_PICTURE


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM", "PDF"])
def test_other_formats_are_refused_whatever_they_are_called(kind):
    assert refusal_of(file_of(plain(), kind)) == pictures.NOT_A_PICTURE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>',
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"PK\x03\x04",
    ],
)
def test_a_drawing_or_a_document_is_no_picture(data):
    assert refusal_of(data) == pictures.NOT_A_PICTURE


WHOLE = [file_of(noise((30, 20)), kind) for kind in ("PNG", "JPEG", "WEBP")]


@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_picture_is_a_picture_or_a_refusal(data, draw):
    at = draw.draw(st.integers(0, len(data) - 1))
    damaged = data[:at] + draw.draw(st.binary(min_size=1, max_size=8)) + data[at + 1 :]
    try:
        content = small_png(damaged)
    except Refusal:
        return
    assert Image.open(io.BytesIO(content)).format == "PNG"

"""QR codes as SVG, drawn here so that no page and no PDF fetches an image."""

from io import BytesIO

import segno

QUIET_ZONE = 4
INK = "#000"
PAPER = "#fff"


def code(text):
    """The QR code of a text: error level M, or better where that costs no size."""
    return segno.make_qr(text, error="m")


def svg(text):
    """An `<svg>` element without a size of its own, with its quiet zone on white."""
    return code(text).svg_inline(border=QUIET_ZONE, dark=INK, light=PAPER, omitsize=True)


def data_uri(text):
    """The same drawing as a data: address for an `<img>`."""
    return code(text).svg_data_uri(border=QUIET_ZONE, dark=INK, light=PAPER, omitsize=True)


def svg_file(text):
    """The same drawing as the text of an SVG file."""
    file = BytesIO()
    code(text).save(file, kind="svg", border=QUIET_ZONE, dark=INK, light=PAPER, omitsize=True)
    return file.getvalue().decode()

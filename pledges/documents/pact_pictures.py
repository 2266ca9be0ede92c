"""The pictures of a pact, as data: addresses for a page, and as the operators of a PDF."""

from base64 import b64encode

from netralitas.lib import qr, strokes

# The place of the drawing, as pact.css gives it, in hundredths of a millimetre.
DRAWING_WIDTH, DRAWING_HEIGHT = 5_800, 1_900


def image_uri(data, media_type="image/svg+xml"):
    """The bytes of a picture as a data: address."""
    return f"data:{media_type};base64,{b64encode(data).decode()}"


def signature_uri(drawing):
    """The picture of a drawn signature (checked strokes)."""
    return image_uri(strokes.to_svg(drawing).encode())


def signature_operators(drawing):
    """The same, as large as its place allows and in its middle."""
    (left, top, width, height), pen = strokes.picture_box(drawing)
    scale = min(DRAWING_WIDTH / width, DRAWING_HEIGHT / height)
    across = (DRAWING_WIDTH - width * scale) / 2 - left * scale
    down = (DRAWING_HEIGHT - height * scale) / 2 - top * scale
    ink = " ".join(f"{int(strokes.INK[at : at + 2], 16) / 255:.6f}" for at in (1, 3, 5))
    return (
        f"{scale:.6f} 0 0 {scale:.6f} {across:.4f} {down:.4f} cm\n"
        f"{ink} RG {pen} w 1 J 1 j\n{strokes.to_pdf_path(drawing)}\nS"
    ).encode()


def qr_uri(code):
    """The picture of a QR code, given as `qr.runs`."""
    side, runs = code
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    return image_uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="{qr.PAPER}" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path fill="{qr.INK}" d="{path}"/></svg>'.encode()
    )


def qr_operators(code):
    """The same, in a square of as many units as it has modules."""
    side, runs = code
    dark = "\n".join(f"{x} {y} {length} 1 re" for x, y, length in runs)
    return f"1 g 0 0 {side} {side} re f 0 g\n{dark}\nf".encode()

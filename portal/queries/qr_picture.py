"""A QR code for the screen: for what people take along on their phones."""

import io

import segno


def qr_picture(text: str) -> str:
    """The code as SVG, four pixels a module and up, with the quiet zone that cameras need."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, scale=4, light="#fff", omitsize=True
    )
    return picture.getvalue().decode()

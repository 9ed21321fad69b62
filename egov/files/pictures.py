"""Checks that a picture is whole and of a size that can be shown."""

from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

from egov.files.refusals import FileRefused

MAX_PIXELS = 120_000_000  # an A3 page at 600 dpi has 70 million


def inspect(stream: IO[bytes], name: str) -> str:
    """The media type. Raises :class:`FileRefused` when a PNG or JPEG is broken or has too many pixels."""
    try:
        with Image.open(stream, formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused(
                    _("“%(name)s” nở ra quá lớn khi mở; tệp này không được nhận.") % {"name": name}
                )
            picture.verify()
            return Image.MIME[picture.format or ""]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(
            _("“%(name)s” nở ra quá lớn khi mở; tệp này không được nhận.") % {"name": name}
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise FileRefused(_("“%(name)s” bị hỏng hoặc bị cắt cụt.") % {"name": name}) from error

"""What editors may upload: the same inspection as every file; pictures are made anew, without what they tell.

A photograph carries where, when and by whom it was taken, and may carry anything after its last line; the
published one is a fresh file with nothing but the picture.
"""

import io
from typing import IO, Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from egov.files.inspect import inspect_attachment
from egov.files.refusals import FileRefused

QUALITY = 88
LONGEST_SIDE = 4096  # pixels; more is never shown


def inspected(upload: UploadedFile) -> None:
    """Refuse beside the field, in words, whatever may not be kept."""
    try:
        inspect_attachment(cast("IO[bytes]", upload.file), upload.name or "")
    except FileRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    upload.seek(0)


def bare_picture(upload: UploadedFile) -> UploadedFile:
    """The same picture, upright, in a new file without place, camera, comments or anything appended."""
    upload.seek(0)
    with Image.open(upload, formats=["PNG", "JPEG"]) as opened:
        kind = opened.format or ""
        picture = ImageOps.exif_transpose(opened)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        if kind == "JPEG" and picture.mode not in {"L", "RGB"}:
            picture = picture.convert("RGB")
        elif kind == "PNG" and picture.mode not in {"L", "LA", "RGB", "RGBA"}:
            picture = picture.convert("RGBA")
        bare = Image.new(picture.mode, picture.size)
        bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, kind, **({"quality": QUALITY, "optimize": True} if kind == "JPEG" else {}))
    return SimpleUploadedFile(
        "picture.jpg" if kind == "JPEG" else "picture.png", target.getvalue(), Image.MIME[kind]
    )


class PictureField(WagtailImageField):
    """Looks into a picture before anything else opens it, and goes on with the bare one."""

    def to_python(self, data: Any) -> Any:
        """The bare picture. Raises ``ValidationError`` in words."""
        if isinstance(data, UploadedFile):
            inspected(data)
            _of_bearable_size(data)
            data = bare_picture(data)
        return super().to_python(data)


def _of_bearable_size(upload: UploadedFile) -> None:
    """A small file may hold a picture that fills the memory once it is open."""
    with Image.open(upload, formats=["PNG", "JPEG"]) as picture:
        pixels = picture.width * picture.height
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise forms.ValidationError(
            _("Ảnh có %(pixels)s điểm ảnh, lớn hơn mức cho phép là %(limit)s; hãy thu nhỏ rồi gửi lại.")
            % {"pixels": pixels, "limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS}
        )
    upload.seek(0)


class PictureForm(BaseImageForm):
    """A picture: PNG or JPEG, whole, of a size that can be shown; kept without its metadata."""

    file = PictureField(label=gettext_lazy("Tệp ảnh"), widget=BaseImageForm.Meta.widgets["file"])


class PaperForm(BaseDocumentForm):
    """A file to download: PDF, Word, Excel or OpenDocument, whole, lifeless, without a mark of secrecy."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            inspected(upload)
        return upload

"""Keeps what editors upload, and the sizes made of their pictures, in the store of all files.

The name of a file is the hash of its content: it can be kept by caches for ever, is the same wherever the
content comes from, and nobody guesses it before the article that shows it is public.
"""

import re
from typing import IO, Any, cast

from django.core.files import File
from django.core.files.storage import Storage
from django.urls import reverse
from django.utils.deconstruct import deconstructible

from egov.files.filenames import extension_of
from egov.files.inspect import MEDIA_TYPES
from egov.files.models import StoredFile
from egov.files.refusals import FileRefused
from egov.files.store import open_stored, put

NAME = re.compile(r"(?P<sha256>[0-9a-f]{64})\.(?P<extension>pdf|docx|xlsx|odt|ods|png|jpg|jpeg)")


@deconstructible
class ContentStore(Storage):
    """Django storage over :mod:`egov.files.store`; what is in it is never changed and never deleted here."""

    def stored(self, name: str) -> StoredFile:
        """The row of a name; ``FileNotFoundError`` when there is none."""
        match = NAME.fullmatch(name or "")
        row = StoredFile.objects.filter(sha256=match["sha256"]).first() if match else None
        if row is None:
            raise FileNotFoundError(name)
        return row

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        """Any name is free: the content decides what it will be."""
        return name

    def exists(self, name: str) -> bool:
        """Whether that content is kept."""
        try:
            self.stored(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        """Bytes."""
        return self.stored(name).size

    def url(self, name: str | None) -> str:
        """Where a page fetches it."""
        return reverse("content_picture", args=[name])

    def delete(self, name: str) -> None:
        """Nothing: another article, or the copy of a withdrawn one, may show the same content."""

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":  # noqa: ARG002
        return File(open_stored(self.stored(name)), name=name)

    def _save(self, name: str, content: "File[Any]") -> str:
        extension = extension_of(name)
        media_type = MEDIA_TYPES.get(extension)
        if media_type is None:
            raise FileRefused(name)
        kept = put(cast("IO[bytes]", content), media_type=media_type)
        return f"{kept.sha256}{extension}"

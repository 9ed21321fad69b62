"""A file that the door hands out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A result's file as it was signed."""

    name: str
    content: bytes
    sha256: str
    media_type: str

"""Makes the name that a person's computer gave a file safe to keep, show and send on."""

import re
import unicodedata

from django.utils.translation import gettext as _

MAX_BYTES = 255  # of UTF-8: what Linux, Windows and zip archives can hold
LONGEST_EXTENSION = 12
# Controls (NUL), format characters (bidi marks, zero-width), surrogates, private use, unassigned, line
# separators.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
RESERVED_CHARACTERS = re.compile(r'[<>:"|?*]')
RESERVED_NAMES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def clean_filename(name: str) -> str:
    """The name alone: no folders, no invisible characters, composed Vietnamese letters, at most 255 bytes.

    Every text gives a usable name. The extension survives the cut, as it says what the file is.
    """
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = unicodedata.normalize("NFC", name)
    name = "".join(" " if letter.isspace() else letter for letter in name)
    name = "".join(letter for letter in name if unicodedata.category(letter) not in UNSEEN)
    name = RESERVED_CHARACTERS.sub("_", name)
    name = re.sub(r" {2,}", " ", name).strip(" .")
    if not name:
        return _("tệp không tên")
    if RESERVED_NAMES.fullmatch(name):
        name = f"_{name}"
    return _cut(name)


def extension_of(name: str) -> str:
    """Last extension with its dot, in small letters; empty when there is none."""
    stem, dot, extension = name.rpartition(".")
    return f".{extension.lower()}" if dot and stem else ""


def _cut(name: str) -> str:
    if len(name.encode()) <= MAX_BYTES:
        return name
    extension = name[len(name) - len(extension_of(name)) :]
    if len(extension.encode()) > LONGEST_EXTENSION:
        extension = ""
    stem = name[: len(name) - len(extension)].encode()[: MAX_BYTES - len(extension.encode())]
    return stem.decode(errors="ignore").rstrip(" .") + extension

"""Fold text for searching: small letters, no accents, words apart; PostgreSQL's ``vi_fold`` does the same."""

import re
import unicodedata

# What decomposition leaves of Vietnamese accents, horns and breves.
_MARKS = re.compile("[\u0300-\u036f]")
# ASCII, Latin-1 and general punctuation, and every kind of space: all that can stand between words.
_BETWEEN = re.compile("[\u0001-/:-@\\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+")
_SMALL = str.maketrans("ĐđABCDEFGHIJKLMNOPQRSTUVWXYZ", "ddabcdefghijklmnopqrstuvwxyz")


def fold(text: str) -> str:
    """``Chỉ thị số 07/CT-UBND`` → ``chi thi so 07 ct ubnd``, composed (NFC) or not (NFD)."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\0", " "))
    return _BETWEEN.sub(" ", _MARKS.sub("", decomposed).translate(_SMALL)).strip(" ")


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word for word in fold(text).split(" ") if word]

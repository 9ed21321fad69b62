"""Finds the mark of a state secret on a document: such papers may not enter this system at all.

The law on state secrets forbids keeping or sending them on computers and networks outside the approved
cryptographic conditions (domain rule 30: refused at upload, nothing stored, no summary). A mark is a stamp:
MẬT, TỐI MẬT or TUYỆT MẬT in capitals on a line of its own. "Bảo mật" in a text, or "TÀI LIỆU TỐI MẬT" in a
title, is none. A stamp on a scanned picture cannot be read here; the clerk's own check stays.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from egov.files.refusals import FileRefused

STAMPS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
FRAME = " \t[](){}|*_-–—.:;=•\"“”'"
LABELLED = re.compile(r"(?:mức )?độ (?:bí )?mật\s*:\s*(mật|tối mật|tuyệt mật)[.;]?", re.IGNORECASE)


class SecretDocument(FileRefused):
    """The document bears the mark of a state secret; nothing of it was kept."""

    def __init__(self, mark: str) -> None:
        super().__init__(
            _(
                "Văn bản có dấu chỉ độ mật “%(mark)s”: không được đưa bí mật nhà nước lên hệ thống này. "
                "Tệp không được lưu; hãy xử lý theo quy định về bảo vệ bí mật nhà nước."
            )
            % {"mark": mark}
        )


def find_secrecy_mark(text: str | Iterable[str]) -> str | None:
    """The mark (MẬT, TỐI MẬT or TUYỆT MẬT) in a text or in the lines of a first page, if there is one."""
    lines = text.splitlines() if isinstance(text, str) else text
    for raw in lines:
        line = unicodedata.normalize("NFC", raw).strip(FRAME)
        # Stamps are often set with spaces between the letters: "T Ố I  M Ậ T".
        mark = STAMPS.get(re.sub(r"\s+", "", line))
        if mark:
            return mark
        labelled = LABELLED.fullmatch(line)
        if labelled:
            return labelled[1].upper()
    return None


def refuse_secret(text: str | Iterable[str]) -> None:
    """Raises :class:`SecretDocument` when the text bears a mark."""
    mark = find_secrecy_mark(text)
    if mark:
        raise SecretDocument(mark)

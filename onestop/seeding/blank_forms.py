"""Blank declarations for the demo's procedures: to be fetched, printed and filled in by hand.

The real ones are annexes of each circular; these have the lines that all of them share.
"""

from egov.files.store import put
from egov.printing.typesetter import typeset

LINES = (
    "Họ, chữ đệm, tên người yêu cầu",
    "Ngày, tháng, năm sinh",
    "Số định danh cá nhân",
    "Nơi cư trú",
    "Điện thoại, thư điện tử",
    "Đề nghị cơ quan giải quyết việc dưới đây",
)
BLANK_LINES = 9
PROMISE = "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật."
SIGNATURE = "Người yêu cầu"


def blank_form(title: str) -> int:
    """The key of the stored PDF of that title; the same title is stored once."""
    content = {
        "title": title,
        "lines": list(LINES),
        "blank": BLANK_LINES,
        "promise": PROMISE,
        "signature": SIGNATURE,
    }
    return put(typeset("blank_form", content).pdf, media_type="application/pdf").pk

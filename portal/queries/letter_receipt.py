"""What the receipt of a letter says: official words, Vietnamese in every language of the page."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import override

from complaints.public import SentLetter
from portal.queries.filing_receipt import MARK, moment_words, printable

NOTES = (
    (
        "Giấy này xác nhận hệ thống đã nhận đơn và đúng các tệp trên vào thời điểm đã ghi. Cơ quan nhận đơn "
        "xử lý và thông báo trong thời hạn luật định; đơn khiếu nại, tố cáo phải có chữ ký hoặc điểm chỉ nên "
        "người gửi có thể được mời ký bổ sung."
    ),
    (
        "Giấy này không ghi họ tên người gửi. Ai cũng kiểm tra được chữ ký số và các tệp tại mục Kiểm tra "
        "giấy xác nhận của Cổng thông tin điện tử tỉnh Thái Bình."
    ),
)


def letter_receipt_content(sent: SentLetter) -> dict[str, Any]:
    """Everything that the receipt of one letter says, in the shape of the receipt of a filing."""
    with override("vi"):
        return {
            "number": sent.code,
            "title": "Giấy xác nhận gửi đơn qua Cổng thông tin",
            "facts": [
                ["Loại đơn", printable(sent.kind_words)],
                ["Cơ quan nhận đơn", printable(sent.body_name)],
                ["Nhận lúc", moment_words(sent.received_at)],
            ],
            "files": [
                [
                    str(place),
                    "Tài liệu kèm theo",
                    printable(one.name),
                    filesizeformat(one.size).replace("\xa0", " "),
                    one.sha256,
                ]
                for place, one in enumerate(sent.files, start=1)
            ],
            "others": [],
            "keywords": [f"filing:{sent.code}", *(f"{MARK}{one.sha256}" for one in sent.files)],
            "notes": list(NOTES),
        }

"""The words of one receipt for several dossiers that one person handed in together (domain: 3.2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import override

from egov.organizations.models import Agency
from onestop.models import Dossier, StandardForm
from onestop.queries.slips import facts, reached, sentence, short_moment, slip

ANNEX_HEADINGS = [
    "STT",
    "Mã hồ sơ",
    "Thủ tục, nội dung",
    "Chủ hồ sơ",
    "Số bộ",
    "Nhận lúc",
    "Hẹn trả lúc",
    "Mã tra cứu",
    "Phí, lệ phí",
]
ANNEX_WIDTHS = [0.5, 2.2, 3, 1.6, 0.6, 1.2, 1.2, 1, 1.4]


def batch_receipt(
    dossiers: Sequence[Dossier],
    form: StandardForm,
    *,
    number: int,
    agency: Agency,
    person: str,
    fees: Mapping[int, str],
    at: datetime,
) -> dict[str, Any]:
    """One receipt for what one person handed in together: a page, and the list annexed to it.

    ``fees`` holds the words of each dossier's fees by its key.
    """
    first = dossiers[0]
    words = slip(first, form, number=number, agency=agency, person=person, content={}, at=at)
    with override("vi"):
        label = f"{len(dossiers):02d} hồ sơ, theo danh sách kèm theo"
        lines = [
            [
                str(index),
                str(one),
                f"{one.version}: {one.content}" if one.content != str(one.version) else one.content,
                one.owner.name,
                str(one.sets),
                short_moment(one.received_at),
                short_moment(one.due_at) or "không hẹn",
                one.secret,
                fees.get(one.pk, ""),
            ]
            for index, one in enumerate(dossiers, start=1)
        ]
        return words | {
            "code": label,
            # A code to scan names one dossier; each of the list has its own.
            "qr_text": "",
            "blocks": [
                facts(
                    ("Người nộp hồ sơ", first.submitter.name),
                    *reached(first.submitter),
                    ("Số lượng", label),
                    ("Nơi trả kết quả", ", ".join(part for part in (agency.name, agency.address) if part)),
                    ("Điện thoại liên hệ", agency.phone),
                ),
                sentence(
                    "Thủ tục, thời gian nhận, thời gian hẹn trả kết quả và mã tra cứu của từng hồ sơ ghi "
                    "trong danh sách kèm theo giấy này."
                ),
            ],
            "annex": {
                "title": f"Danh sách kèm theo Giấy tiếp nhận số {words['number']}",
                "headings": ANNEX_HEADINGS,
                "widths": ANNEX_WIDTHS,
                "rows": lines,
            },
        }

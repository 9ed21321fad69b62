"""The receipt that whoever takes a result signs: who, with what paper, what, when (domain: 3.2)."""

from django.utils import timezone

from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset
from onestop.models import Collection, Result, StoredPaper
from onestop.queries.slip_paper import qr_picture
from onestop.queries.slips import moment


def receipt_pdf(collection: Collection) -> bytes:
    """Set the receipt on A5. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    dossier = collection.dossier
    agency = dossier.receiving_agency
    on = timezone.localdate(collection.at)
    results = dossier.results.filter(validity=StoredPaper.Validity.VALID)
    giver = collection.given_by.user.full_name if collection.given_by else ""
    facts = [
        ("Người nhận kết quả", collection.name),
        ("Số giấy tờ tùy thân", collection.masked_number),
        ("Tư cách nhận", collection.get_capacity_display()),
        ("Giấy ủy quyền", collection.authorisation),
        ("Chủ hồ sơ", dossier.owner.name),
        ("Thủ tục", str(dossier.version)),
        ("Nhận lúc", moment(collection.at)),
    ]
    content = {
        "label": "",
        "source": "",
        "title": "Giấy giao nhận kết quả",
        "number": str(dossier),
        "paper": "a5",
        "agency": clean_line(agency.name),
        "superior_agency": clean_line(agency.superior_name),
        "place_and_date": clean_line(f"{agency.unit.name}, ngày {on:%d} tháng {on:%m} năm {on.year}"),
        "code": str(dossier),
        "qr": qr_picture(str(dossier)),
        "blocks": [
            {"kind": "facts", "rows": [(label, clean_line(text)) for label, text in facts if text]},
            {
                "kind": "table",
                "headings": ("STT", "Kết quả", "Số", "Ngày cấp"),
                "widths": (0.6, 4, 1.4, 1.4),
                "rows": [_row(index, result) for index, result in enumerate(results, start=1)],
            },
            {"kind": "sentence", "text": "Người nhận đã kiểm tra và nhận đủ kết quả nêu trên."},
        ],
        "note": "",
        "signatures": [
            {"title": "Người nhận kết quả", "name": clean_line(collection.name)},
            {"title": "Người trả kết quả", "name": clean_line(giver)},
        ],
    }
    return typeset("slip", content).pdf


def _row(index: int, result: Result) -> tuple[str, str, str, str]:
    return str(index), clean_line(result.name), clean_line(result.number), f"{result.issued_on:%d/%m/%Y}"

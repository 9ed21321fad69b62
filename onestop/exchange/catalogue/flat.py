"""A table of procedures, one line a row, becomes records: what each column may say, and what it means.

A row belongs to the procedure whose code it names, or to the one above; it may name a channel with its limit
and fee, a paper, a legal basis, a result, or several of them.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from egov.organizations.enums import Level
from egov.search.normalize import fold
from egov.workdays.limit import LimitUnit
from onestop.enums import ApplicantKind, Channel, FeeBasis, OnlineLevel
from onestop.exchange.catalogue.record import NotReadable

Record = dict[str, Any]

# Headings as files write them, compared without accents, case and punctuation.
HEADINGS = {
    fold(heading): key
    for key, headings in {
        "code": ("Mã thủ tục", "Mã TTHC", "Mã số"),
        "name": ("Tên thủ tục", "Tên TTHC", "Tên thủ tục hành chính"),
        "agency": ("Cơ quan", "Cơ quan thực hiện", "Cơ quan có thẩm quyền"),
        "level": ("Cấp thực hiện",),
        "sector": ("Lĩnh vực",),
        "applicants": ("Đối tượng", "Đối tượng thực hiện"),
        "online": ("Mức độ trực tuyến", "Mức độ cung cấp dịch vụ công trực tuyến"),
        "keywords": ("Từ khóa",),
        "process": ("Trình tự thực hiện",),
        "conditions": ("Yêu cầu, điều kiện", "Yêu cầu, điều kiện thực hiện"),
        "case": ("Trường hợp",),
        "channel": ("Cách thức", "Cách thức thực hiện", "Hình thức nộp"),
        "amount": ("Thời hạn", "Thời hạn giải quyết"),
        "unit": ("Đơn vị", "Đơn vị thời hạn"),
        "fee": ("Phí, lệ phí", "Phí", "Lệ phí"),
        "fee_note": ("Ghi chú phí", "Mô tả phí, lệ phí"),
        "paper": ("Thành phần hồ sơ", "Giấy tờ", "Tên giấy tờ"),
        "paper_kind": ("Loại giấy tờ",),
        "originals": ("Bản chính", "Số bản chính", "Số lượng bản chính"),
        "copies": ("Bản sao", "Số bản sao", "Số lượng bản sao"),
        "form": ("Mẫu đơn, tờ khai",),
        "basis": ("Căn cứ pháp lý",),
        "result": ("Kết quả", "Kết quả thực hiện"),
    }.items()
    for heading in headings
}

AMOUNT = re.compile(r"(\d{1,5})\s*(.*)", re.DOTALL)
MONEY = re.compile(
    r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:đồng|vnđ|vnd|đ)?\s*(?:/|một|mỗi|cho)?\s*(.*)", re.IGNORECASE
)
FREE = {
    fold(words) for words in ("Miễn phí", "Không", "Không thu", "Không thu phí", "Không có", "0", "0 đồng")
}
COUNCIL = (fold("Hội đồng nhân dân"), fold("HĐND"))
CONDITIONAL = fold("nếu có")
SHOWN = fold("xuất trình")
# Less is most likely thousands of dong that lost their noughts (2.001610 shows 100 for 100,000).
SMALL_AMOUNT = 1000
MOST_DIGITS = 3  # of a number of copies

UNITS = {
    fold("ngày làm việc"): LimitUnit.WORKING_DAYS,
    fold("ngày"): LimitUnit.CALENDAR_DAYS,
    fold("giờ"): LimitUnit.HOURS,
    fold("giờ làm việc"): LimitUnit.HOURS,
    fold("tháng"): LimitUnit.MONTHS,
}
BASES = {
    fold("trang"): FeeBasis.PER_PAGE,
    fold("bản"): FeeBasis.PER_COPY,
    fold("bản sao"): FeeBasis.PER_COPY,
    fold("người"): FeeBasis.PER_PERSON,
    fold("giao dịch"): FeeBasis.PER_TRANSACTION,
}
SHORT_CHANNELS = {fold("Bưu chính"): Channel.POST, fold("Dịch vụ bưu chính"): Channel.POST}


def cells_of(cells: dict[str, str]) -> dict[str, str]:
    """The cells that are known, by key; unknown columns are left alone."""
    return {HEADINGS[fold(heading)]: cell for heading, cell in cells.items() if fold(heading) in HEADINGS}


def begin_record(cells: dict[str, str]) -> Record:
    """The procedure that a row begins. Raises NotReadable."""
    record: Record = {"code": cells["code"], "cases": []}
    for key in ("name", "agency", "sector", "keywords", "process", "conditions"):
        if key in cells:
            record[key] = cells[key]
    if "level" in cells:
        record["level"] = _choice(cells["level"], Level)
    if "online" in cells:
        record["online_level"] = _choice(cells["online"], OnlineLevel)
    if "applicants" in cells:
        kinds = [part for part in re.split(r"[;\n]", cells["applicants"]) if part.strip()]
        record["applicant_kinds"] = [_choice(kind, ApplicantKind) for kind in kinds]
    return record


def add_row(record: Record, cells: dict[str, str]) -> list[str]:
    """Add what the row says to the procedure; returns what a person should look at. Raises NotReadable."""
    notes: list[str] = []
    readers: dict[str, Callable[[Record, dict[str, str]], list[str]]] = {
        "channel": _add_channel,
        "paper": _add_paper,
        "basis": _add_basis,
        "result": _add_result,
    }
    case = None
    for key, read in readers.items():
        if key not in cells:
            continue
        if key in ("channel", "paper"):
            case = case or _case(record, cells.get("case", ""))
            notes += read(case, cells)
        else:
            notes += read(record, cells)
    return notes


def _case(record: Record, name: str) -> Record:
    """The case that is named, the latest one for a row without a name, or a new one."""
    cases: list[Record] = record["cases"]
    for case in cases:
        if case["name"] == name:
            return case
    if cases and not name:
        return cases[-1]
    cases.append({"name": name, "channels": [], "fees": [], "papers": []})
    return cases[-1]


def _add_channel(case: Record, cells: dict[str, str]) -> list[str]:
    channel = SHORT_CHANNELS.get(fold(cells["channel"])) or _choice(cells["channel"], Channel)
    amount, unit = _limit(cells.get("amount", ""), cells.get("unit", ""))
    case["channels"].append({"channel": str(channel), "amount": amount, "unit": str(unit)})
    notes = []
    if amount is not None and not unit:
        notes.append(
            _("thời hạn %(amount)d chưa có đơn vị, cần xác định trước khi áp dụng") % {"amount": amount}
        )
    fee, note = fee_of(cells.get("fee", ""), cells.get("fee_note", ""))
    if fee:
        case["fees"].append({**fee, "channel": str(channel)})
    return [*notes, *([note] if note else [])]


def _limit(amount: str, unit: str) -> tuple[int | None, str]:
    """“3 ngày làm việc” in one cell, or 3 and its unit in two; a missing unit stays unknown."""
    if not amount:
        return None, ""
    match = AMOUNT.fullmatch(amount)
    if match is None:
        raise NotReadable(_("thời hạn “%(text)s” không phải là số") % {"text": amount[:60]})
    words = fold(unit or match[2])
    if words and words not in UNITS:
        raise NotReadable(_("đơn vị thời hạn “%(text)s” không rõ") % {"text": (unit or match[2])[:60]})
    return int(match[1]), UNITS[words].value if words else ""


def fee_of(text: str, note: str) -> tuple[Record | None, str]:
    """The fee line of a channel, never confirmed, and what a person should look at.

    “Free” with a note that the council sets the amount is not free: it is unknown here (domain: 2.3).
    """
    words = fold(f"{text} {note}")
    if any(council in words for council in COUNCIL):
        unset = {"name": _("Phí, lệ phí"), "basis": FeeBasis.COUNCIL.value, "legal_basis": note[:300]}
        return unset, _("mức thu do Hội đồng nhân dân tỉnh quy định, chưa xác định")
    if not text:
        return None, ""
    if fold(text) in FREE:
        return {"name": _("Phí, lệ phí"), "basis": FeeBasis.FREE.value}, ""
    match = MONEY.fullmatch(text)
    if match is None:
        raise NotReadable(_("phí, lệ phí “%(text)s” không đọc được") % {"text": text[:60]})
    amount = int(re.sub(r"[.,]", "", match[1]))
    basis = BASES.get(fold(match[2]), FeeBasis.FIXED)
    line: Record = {
        "name": _("Phí, lệ phí"),
        "basis": basis.value,
        "amount": amount,
        "legal_basis": note[:300],
    }
    small = amount < SMALL_AMOUNT
    return line, _("mức thu %(amount)d đồng nhỏ bất thường, hãy kiểm tra") % {
        "amount": amount
    } if small else ""


def _add_paper(case: Record, cells: dict[str, str]) -> list[str]:
    originals, copies = _count(cells, "originals"), _count(cells, "copies")
    shown = SHOWN in fold(cells.get("paper_kind", ""))
    case["papers"].append(
        {
            "name": cells["paper"],
            "originals": originals,
            "copies": copies,
            "shown": shown,
            "is_conditional": CONDITIONAL in fold(cells["paper"]),
            "form_name": cells.get("form", "")[:200],
        }
    )
    return [] if shown or originals or copies else [_("không có bản chính, bản sao: nhập thành ghi chú")]


def _add_basis(record: Record, cells: dict[str, str]) -> list[str]:
    number, _separator, title = cells["basis"].partition("|")
    lines = record.setdefault("legal_bases", [])
    lines.append({"number": number.strip()[:60], "title": title.strip() or number.strip()[60:]})
    return []


def _add_result(record: Record, cells: dict[str, str]) -> list[str]:
    record.setdefault("results", []).append({"name": cells["result"][:300]})
    return []


def _count(cells: dict[str, str], key: str) -> int:
    text = cells.get(key, "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise NotReadable(_("số bản “%(text)s” không phải là số") % {"text": text[:20]})
    return int(text)


def _choice(text: str, choices: type[TextChoices]) -> str:
    """A stored code by its Vietnamese words."""
    wanted = fold(text)
    for choice in choices:
        if wanted in (fold(str(choice.label)), fold(choice.value)):
            return str(choice.value)
    raise NotReadable(
        _("“%(text)s” không dùng được; hãy ghi một trong: %(known)s")
        % {"text": text[:60], "known": ", ".join(str(choice.label) for choice in choices)}
    )

"""One procedure as a nested record (JSON of an import, the file of the seed) becomes a version's content.

Keys are those of the models, with three shortenings: ``unit`` and ``amount`` of a channel are the legal ones,
``shown`` marks a paper that is only shown, ``agency`` of a leg is an agency's code or short name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from egov.organizations.enums import Level, Role
from egov.workdays.limit import LimitUnit
from onestop.enums import (
    ApplicantKind,
    Channel,
    FeeBasis,
    FeeKind,
    LegAgency,
    OnlineLevel,
    RequirementKind,
    StopReason,
    SystemOfRecord,
)
from onestop.queries.version_content import (
    BasisContent,
    CaseContent,
    ChannelContent,
    FeeContent,
    LegContent,
    RequirementContent,
    ResultContent,
    StepContent,
    VersionContent,
)

MOST_LINES = 500  # the longest dossier of the national catalogue has 137 papers
LARGEST_NUMBER = 32_767  # of a small column
LARGEST_AMOUNT = 2_000_000_000  # dong
TEXT_LENGTH = 20_000

CODE = re.compile(r"(\d\.\d{6})(?:\.([0-9A-Za-z.]{1,40}))?", re.ASCII)

Json = Mapping[str, Any]


class NotReadable(ValueError):
    """A record says something that cannot be kept; the text is a sentence for whoever sent the file."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A procedure as a file tells it; the agency and the sector are still names."""

    code: str
    agency: str
    level: str
    sector: str
    sector_code: str
    suffix: str
    system_of_record: str
    content: VersionContent
    # Which fields of the content the file speaks of; the others stay as they are in a known procedure.
    given: frozenset[str] = frozenset()


FLAGS = (
    "no_appointment",
    "representative_allowed",
    "across_boundaries",
    "silence_is_consent",
    "on_the_spot",
    "result_must_be_signed",
    "result_file_required",
    "online_payment_required",
    "charge_refundable",
)


def parse_record(record: object, *, agency_id: Callable[[str], int]) -> Record:
    """Read one record. ``agency_id`` finds an agency by code or short name. Raises NotReadable."""
    if not isinstance(record, Mapping):
        raise NotReadable(_("Mỗi thủ tục phải là một đối tượng có các khóa như mẫu."))
    flags = {name: _flag(record, name) for name in FLAGS if name in record}
    content = VersionContent(
        name=text(record, "name", 500, required=True),
        keywords=text(record, "keywords", 500),
        process=text(record, "process", TEXT_LENGTH),
        conditions=text(record, "conditions", TEXT_LENGTH),
        intake_address=text(record, "intake_address", 300),
        applicant_kinds=_choices(record, "applicant_kinds", ApplicantKind),
        online_level=_choice(record, "online_level", OnlineLevel, OnlineLevel.PARTIAL),
        cutoff=_time(record, "cutoff"),
        allowed_stops=_choices(record, "allowed_stops", StopReason),
        legal_bases=tuple(
            BasisContent(number=text(one, "number", 60, required=True), title=text(one, "title", 500))
            for one in _lines(record, "legal_bases")
        ),
        result_kinds=tuple(
            ResultContent(
                name=text(one, "name", 300, required=True),
                code=text(one, "code", 30),
                is_refusal=_flag(one, "is_refusal"),
            )
            for one in _lines(record, "results")
        ),
        cases=tuple(_case(one, agency_id) for one in _lines(record, "cases")),
        **flags,
    )
    code, suffix = split_code(text(record, "code", 60, required=True))
    renamed = {"results": "result_kinds"}
    return Record(
        code=code,
        agency=text(record, "agency", 120),
        level=_choice(record, "level", Level, Level.COMMUNE),
        sector=text(record, "sector", 200, required=True),
        sector_code=text(record, "sector_code", 30),
        suffix=suffix or text(record, "suffix", 40),
        system_of_record=_choice(record, "system_of_record", SystemOfRecord, SystemOfRecord.LOCAL),
        content=content,
        given=frozenset(renamed.get(str(key), str(key)) for key in record),
    )


def split_code(written: str) -> tuple[str, str]:
    """Rule 1: “1.000948.000.00.00.H54” is the national code 1.000948 and what a portal appends to it."""
    match = CODE.fullmatch(written)
    if match is None:
        raise NotReadable(
            _("Mã thủ tục “%(code)s” không đúng dạng một chữ số, dấu chấm, sáu chữ số (ví dụ 1.001193).")
            % {"code": written[:60]}
        )
    return match[1], match[2] or ""


def _case(case: Json, agency_id: Callable[[str], int]) -> CaseContent:
    return CaseContent(
        name=text(case, "name", 300),
        channel_rules=tuple(_channel(one) for one in _lines(case, "channels")),
        fee_rules=tuple(_fee(one) for one in _lines(case, "fees")),
        requirements=tuple(_paper(one) for one in _lines(case, "papers")),
        planned_legs=tuple(_leg(one, agency_id) for one in _lines(case, "legs")),
    )


def _channel(line: Json) -> ChannelContent:
    return ChannelContent(
        channel=_choice(line, "channel", Channel, None),
        variant=text(line, "variant", 200),
        legal_amount=number(line, "amount"),
        # Missing in a third of the national catalogue: kept unknown, and asked for before activation.
        legal_unit=_choice(line, "unit", LimitUnit, ""),
        committed_amount=number(line, "committed_amount"),
        committed_unit=_choice(line, "committed_unit", LimitUnit, ""),
        note=text(line, "note", 500),
    )


def _fee(line: Json) -> FeeContent:
    basis = _choice(line, "basis", FeeBasis, None)
    amount = number(line, "amount", LARGEST_AMOUNT)
    return FeeContent(
        channel=_choice(line, "channel", Channel, ""),
        kind=_choice(line, "kind", FeeKind, FeeKind.CHARGE),
        name=text(line, "name", 200, required=True),
        basis=basis,
        amount=amount,
        later_from=number(line, "later_from"),
        later_amount=number(line, "later_amount", LARGEST_AMOUNT),
        cap=number(line, "cap", LARGEST_AMOUNT),
        is_optional=_flag(line, "is_optional"),
        is_confirmed=_flag(line, "is_confirmed") and (basis == FeeBasis.FREE or amount is not None),
        legal_basis=text(line, "legal_basis", 300),
    )


def _paper(line: Json) -> RequirementContent:
    originals, copies = number(line, "originals") or 0, number(line, "copies") or 0
    return RequirementContent(
        name=text(line, "name", TEXT_LENGTH, required=True),
        kind=paper_kind(originals, copies, shown=_flag(line, "shown")),
        originals=originals,
        copies=copies,
        is_conditional=_flag(line, "is_conditional"),
        type_code=text(line, "type_code", 30),
        available_from=text(line, "available_from", 60),
        must_digitise=_flag(line, "must_digitise"),
        form_name=text(line, "form_name", 200),
    )


def paper_kind(originals: int, copies: int, *, shown: bool) -> str:
    """Rule 3: a row that asks for no original and no copy is a note, unless it is a paper to be shown."""
    if shown:
        return RequirementKind.SHOWN
    return RequirementKind.SUBMITTED if originals or copies else RequirementKind.NOTE


def _leg(line: Json, agency_id: Callable[[str], int]) -> LegContent:
    named = text(line, "agency", 120)
    return LegContent(
        name=text(line, "name", 200, required=True),
        agency_choice=LegAgency.NAMED
        if named
        else _choice(line, "agency_choice", LegAgency, LegAgency.DECIDING),
        agency_id=agency_id(named) if named else None,
        amount=number(line, "amount") or 0,
        unit=_choice(line, "unit", LimitUnit, None),
        after=_numbers(line, "after"),
        steps=tuple(
            StepContent(
                name=text(one, "name", 200, required=True),
                role=_choice(one, "role", Role, None),
                hours=number(one, "hours") or 0,
                followers=_numbers(one, "followers"),
            )
            for one in _lines(line, "steps")
        ),
    )


def text(line: Json, key: str, longest: int, *, required: bool = False) -> str:
    """A text of the line, trimmed. Raises NotReadable when it is none, too long, or missing."""
    value = line.get(key, "")
    value = "" if value is None else value
    if not isinstance(value, str):
        raise NotReadable(_("“%(key)s” phải là chữ.") % {"key": key})
    value = value.replace("\0", "").strip()
    if required and not value:
        raise NotReadable(_("Thiếu “%(key)s”.") % {"key": key})
    if len(value) > longest:
        raise NotReadable(
            _("“%(key)s” dài %(length)d ký tự, tối đa %(limit)d.")
            % {"key": key, "length": len(value), "limit": longest}
        )
    return value


def number(line: Json, key: str, largest: int = LARGEST_NUMBER) -> int | None:
    """A whole number of the line, or none. Raises NotReadable."""
    value = line.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
        raise NotReadable(
            _("“%(key)s” phải là số nguyên từ 0 đến %(largest)d.") % {"key": key, "largest": largest}
        )
    return value


def _numbers(line: Json, key: str) -> tuple[int, ...]:
    value = line.get(key, ())
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise NotReadable(_("“%(key)s” phải là danh sách số thứ tự.") % {"key": key})
    return tuple(number({key: one}, key) or 0 for one in value)


def _flag(line: Json, key: str) -> bool:
    value = line.get(key, False)
    if not isinstance(value, bool):
        raise NotReadable(_("“%(key)s” phải là true hoặc false.") % {"key": key})
    return value


def _time(line: Json, key: str) -> time | None:
    value = text(line, key, 8)
    if not value:
        return None
    try:
        return time.fromisoformat(value)
    except ValueError as error:
        raise NotReadable(_("“%(key)s” phải là giờ, ví dụ 15:00.") % {"key": key}) from error


def _choice(line: Json, key: str, choices: type[TextChoices], default: str | None) -> str:
    value = text(line, key, 60)
    if not value:
        if default is None:
            raise NotReadable(_("Thiếu “%(key)s”.") % {"key": key})
        return default
    if value not in choices.values:
        raise NotReadable(
            _("“%(key)s” có giá trị “%(value)s” không dùng được; các giá trị: %(known)s.")
            % {"key": key, "value": value, "known": ", ".join(choices.values)}
        )
    return value


def _choices(line: Json, key: str, choices: type[TextChoices]) -> tuple[str, ...]:
    value = line.get(key, ())
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise NotReadable(_("“%(key)s” phải là danh sách.") % {"key": key})
    return tuple(dict.fromkeys(_choice({key: one}, key, choices, None) for one in value))


def _lines(line: Json, key: str) -> Sequence[Json]:
    value = line.get(key, ())
    if (
        not isinstance(value, Sequence)
        or isinstance(value, str)
        or not all(isinstance(one, Mapping) for one in value)
    ):
        raise NotReadable(_("“%(key)s” phải là danh sách đối tượng.") % {"key": key})
    if len(value) > MOST_LINES:
        raise NotReadable(_("“%(key)s” có hơn %(most)d dòng.") % {"key": key, "most": MOST_LINES})
    return value

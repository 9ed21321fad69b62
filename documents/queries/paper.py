"""Turns a composed document into paper: fills the boxes of Decree 30/2020, Appendix I."""

import re
from datetime import date

from django.utils.text import capfirst

from documents.enums import Circulation, Urgency
from documents.models import Document
from documents.queries.recipient_words import recipient_words
from documents.rules.notation import notation_of
from egov.organizations.enums import AgencyKind, Branch, Capacity
from egov.organizations.models import Agency, Membership
from egov.organizations.models.period import in_force
from egov.printing.official import OfficialDocument, Printed, official_document

STAMPS = {Urgency.URGENT: "KHẨN", Urgency.VERY_URGENT: "THƯỢNG KHẨN", Urgency.EXPRESS: "HỎA TỐC"}
ABOUT = re.compile(r"^(về việc|v/v)\s+", re.IGNORECASE)
CIRCULATION_MARKS = {Circulation.RETURN: "XEM XONG TRẢ LẠI", Circulation.INTERNAL: "LƯU HÀNH NỘI BỘ"}
# On whose behalf a collective's papers are signed (Art. 13); the Party writes T/M.
COLLECTIVE_LINES = {
    AgencyKind.PEOPLES_COMMITTEE: "TM. ỦY BAN NHÂN DÂN",
    AgencyKind.PEOPLES_COUNCIL: "TM. HỘI ĐỒNG NHÂN DÂN",
    AgencyKind.PARTY_COMMITTEE: "T/M BAN THƯỜNG VỤ",
}


def set_paper(document: Document, *, on: date) -> Printed:
    """Set a composed document as PDF/A, with open spots for number, date, signature and seal.

    Works on a draft too (then without a signer): the preview is the paper. Raises UnprintableText.
    """
    agency, kind = document.agency, document.kind
    assert agency is not None  # noqa: S101  (only paper from outside has no agency)
    party = agency.branch == Branch.PARTY
    listed = recipient_words([document.pk]).get(document.pk, [])
    is_letter = not kind.abbreviation
    unit = f", {document.department.abbreviation}" if document.department else ""
    return official_document(
        OfficialDocument(
            agency=agency.name,
            superior_agency=agency.superior_name,
            notation=notation_of(kind, agency, document.department).printed(on.year),
            place=place_name(agency),
            kind="" if is_letter else kind.name,
            abstract=_after_about(document.abstract) if is_letter else document.abstract,
            body=document.body,
            capacity=signature_lines(document.signer, document.capacity, agency, on=on)
            if document.signer
            else (),
            signer_name=document.signer.user.full_name if document.signer else "",
            addressees=tuple(listed) if is_letter else (),
            recipients=(*(["Như trên"] if is_letter else listed), f"Lưu: VT{unit}"),
            urgency=STAMPS.get(Urgency(document.urgency), ""),
            circulation=CIRCULATION_MARKS.get(Circulation(document.circulation), ""),
            layout="party" if party else "state",
        )
    )


def signature_lines(signer: Membership, capacity: str, agency: Agency, *, on: date) -> tuple[str, ...]:
    """The lines above a signature: ``TM. ỦY BAN NHÂN DÂN`` / ``KT. CHỦ TỊCH`` / ``PHÓ CHỦ TỊCH``."""
    collective = COLLECTIVE_LINES.get(AgencyKind(agency.kind))
    title = signer.position
    match capacity:
        case Capacity.TM:
            return (collective or f"TM. {agency.name}", title)
        case Capacity.Q:
            bare = title.removeprefix("Quyền ").removeprefix("Q. ")
            return (*([collective] if collective else []), f"Q. {capfirst(bare)}")
        case Capacity.KT if agency.kind == AgencyKind.PARTY_COMMITTEE:
            return (
                collective or "",
                title,
            )  # a party committee's deputy signs for the collective as the secretary does
        case Capacity.KT:
            return (*([collective] if collective else []), f"KT. {head_title(agency, on=on)}", title)
        case Capacity.TL | Capacity.TUQ:
            return (f"{capacity} {head_title(agency, on=on)}", title)
        case _:
            return (title,)


def head_title(agency: Agency, *, on: date) -> str:
    """The title of the agency's head that day; between two heads the general word."""
    head = Membership.objects.filter(in_force(on), agency=agency, is_head=True).first()
    return head.position.removeprefix("Quyền ").removeprefix("Q. ") if head else "Thủ trưởng"


def place_name(agency: Agency) -> str:
    """The place in the date line: the bare name of the unit where the agency sits (Thái Bình, Phường 1)."""
    name, kind = agency.unit.name, agency.unit.kind
    bare = name[len(kind) :].strip() if name.lower().startswith(kind.lower()) else name
    return name if not bare or bare.isdigit() else bare


def _after_about(abstract: str) -> str:
    """The abstract of a letter, which the form itself opens with "V/v"."""
    return ABOUT.sub("", abstract)

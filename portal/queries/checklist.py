"""What to prepare for a dossier, on paper with boxes to tick."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset
from onestop.public import CaseEntry, FeeLine, LimitLine, PaperLine, ProcedureDetail
from portal.queries.fee_words import fee_words

NOTE = "note"
SHOWN = "shown"


def checklist_pdf(detail: ProcedureDetail, case: CaseEntry, channel: str, *, address: str, on: date) -> bytes:
    """A4, PDF/A: papers to hand in, papers to show, what the office looks up itself, time and fees.

    ``channel`` empty: limits and fees of every channel. ``address``: where the procedure is on the portal.
    """
    # The counter reads it too: always in Vietnamese.
    with translation.override("vi"):
        content = _content(detail, case, channel, on)
    return typeset("checklist", {**content, "address": address}).pdf


def _content(detail: ProcedureDetail, case: CaseEntry, channel: str, on: date) -> dict[str, object]:
    papers = [paper for paper in case.papers if paper.kind != NOTE]
    return {
        "title": _("Phiếu chuẩn bị hồ sơ"),
        "procedure": clean_line(detail.entry.name),
        "code": detail.entry.code,
        "case": clean_line(case.name),
        "agency": clean_line(detail.entry.agency),
        "intake": clean_line(detail.intake_address),
        "hand_in": [_paper(paper) for paper in papers if paper.kind != SHOWN and not paper.is_provided],
        "show": [_paper(paper) for paper in papers if paper.kind == SHOWN and not paper.is_provided],
        "provided": [clean_line(paper.name) for paper in papers if paper.is_provided],
        "notes": [clean_line(paper.name) for paper in case.papers if paper.kind == NOTE],
        "limits": [_limit(limit) for limit in case.limits if channel in ("", limit.channel)],
        "fees": [_fee(fee) for fee in case.fees if channel in ("", fee.channel) or not fee.channel],
        "conditions": [clean_line(line) for line in detail.conditions.splitlines() if line.strip()],
        "version": _("Phiên bản %(number)d, áp dụng từ ngày %(day)s. In ngày %(printed)s.")
        % {
            "number": detail.version,
            "day": f"{detail.entry.effective_from:%d/%m/%Y}" if detail.entry.effective_from else "…",
            "printed": f"{on:%d/%m/%Y}",
        },
    }


def _paper(paper: PaperLine) -> dict[str, str]:
    counts = []
    if paper.originals:
        counts.append(_("%(count)d bản chính") % {"count": paper.originals})
    if paper.copies:
        counts.append(_("%(count)d bản sao") % {"count": paper.copies})
    return {
        "name": clean_line(paper.name),
        "counts": ", ".join(counts),
        "form": clean_line(paper.form_name),
        "when": _("nếu có") if paper.is_conditional else "",
    }


def _limit(limit: LimitLine) -> dict[str, str]:
    words = limit.committed or limit.legal or _("không quy định")
    return {"channel": clean_line(f"{limit.channel_words} {limit.variant}"), "words": words}


def _fee(fee: FeeLine) -> dict[str, str]:
    name = f"{fee.name} ({_('chỉ khi có yêu cầu')})" if fee.is_optional else fee.name
    return {"name": clean_line(name), "words": fee_words(fee)}

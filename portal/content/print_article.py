"""An article as PDF/A, to keep or to print: Decree 42/2022 asks for both at each article."""

from dataclasses import asdict

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset
from portal.content.models import (
    EditorialPage,
    GuidancePage,
    LegalPage,
    NewsPage,
    OrganisationPage,
    PlainPage,
)
from portal.content.plain import Paragraph, paragraphs

PRINTED = (NewsPage, GuidancePage, LegalPage, OrganisationPage, PlainPage)


def article_pdf(page: EditorialPage, request: HttpRequest) -> bytes:
    """Set the published text in its own language. Raises ``UnprintableText`` for letters without a glyph."""
    language = page.locale.language_code
    with override(language):
        content = {
            "title": clean_line(page.name_in_full if isinstance(page, LegalPage) else page.title),
            "site": _("Cổng thông tin điện tử tỉnh Thái Bình"),
            "address": request.build_absolute_uri(page.get_url(request)),
            "language": language,
            "facts": [clean_line(line) for line in _facts(page)],
            "parts": [{**asdict(one), "text": clean_line(one.text)} for one in _parts(page)],
        }
    return typeset("article", content).pdf


def _day(value: object) -> str:
    return date_format(value, "d/m/Y")


def _facts(page: EditorialPage) -> list[str]:
    published = timezone.localtime(page.first_published_at) if page.first_published_at else None
    lines = [_("Đăng ngày %(day)s") % {"day": _day(published)}] if published else []
    if isinstance(page, NewsPage):
        lines.append(_("Nguồn: %(source)s") % {"source": page.source})
    if isinstance(page, LegalPage):
        lines += [
            _("Cơ quan ban hành: %(issuer)s") % {"issuer": page.issuer},
            _("Ngày ban hành: %(day)s") % {"day": _day(page.issued_on)},
            _("Hiệu lực: %(status)s") % {"status": page.status.label},
        ]
        if page.effective_on:
            lines.append(_("Ngày có hiệu lực: %(day)s") % {"day": _day(page.effective_on)})
    return lines


def _parts(page: EditorialPage) -> list[Paragraph]:
    notes = [
        Paragraph(
            "note", _("Đính chính ngày %(day)s: %(note)s") % {"day": _day(one.corrected_on), "note": one.note}
        )
        for one in page.corrections.all()
    ]
    if isinstance(page, LegalPage):
        return [Paragraph("text", page.abstract_text), *notes, *paragraphs(page.full_text)]
    if isinstance(page, OrganisationPage):
        return [
            Paragraph("text", page.summary),
            *notes,
            Paragraph("heading", _("Liên hệ")),
            *(Paragraph("text", line) for line in _contacts(page)),
            Paragraph("heading", _("Chức năng, nhiệm vụ, quyền hạn")),
            *paragraphs(page.functions),
            *paragraphs(page.structure),
        ]
    return [Paragraph("text", page.summary), *notes, *paragraphs(page.body)]


def _contacts(page: OrganisationPage) -> list[str]:
    reached = [page.address, page.phone, page.email, page.hours]
    people = [
        ", ".join(part for part in (one.full_name, one.post, one.unit, one.phone, one.email) if part)
        for one in page.contacts.all()
    ]
    return [line for line in [*reached, *people] if line]

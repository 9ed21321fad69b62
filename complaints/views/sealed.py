"""The seal on a letter's page: redacted copies to read, what lies sealed, the way to ask for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints import rules
from complaints.actions.open_seal import ask_opening
from complaints.actions.redact import add_redacted_copy, seal_original
from complaints.enums import SealedKind
from complaints.forms.sealing import AskForm, PaperForm
from complaints.models import Matter
from complaints.queries import sealed as query
from complaints.queries.letter_page import visible_matter
from complaints.views.letter import take_step
from complaints.views.panels import Part, Refused, panel
from egov.files.views.download import file_response
from egov.organizations.actor import Actor

ASK, COPY, ORIGINAL = "sealed.ask", "sealed.copy", "sealed.original"


@panel(70)
def sealed_part(actor: Actor, matter: Matter, refused: Refused) -> Part | None:
    """Of a protected letter: its redacted copies first, the seal below them (rule 38)."""
    letter = matter.letter
    if not letter.is_protected:
        return None
    sealed = [one.kind for one in letter.sealed_records.all()]
    may_redact, may_ask = rules.may_redact(actor, letter), rules.may_ask_opening(actor, letter)
    return Part(
        "complaints/_sealed.html",
        {
            "matter": matter,
            "letter": letter,
            "copies": list(letter.redacted_copies.all()),
            "people": sealed.count(SealedKind.PERSON),
            "originals": sealed.count(SealedKind.ORIGINAL),
            "openings": list(query.openings(actor).filter(letter=letter)),
            "ask_form": refused.get(ASK) or AskForm() if may_ask else None,
            "ask_open": ASK in refused,
            "copy_form": refused.get(COPY) or PaperForm(prefix="copy") if may_redact else None,
            "copy_open": COPY in refused,
            "original_form": refused.get(ORIGINAL) or PaperForm(prefix="original") if may_redact else None,
            "original_open": ORIGINAL in refused,
        },
    )


@require_POST
def sealed_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to open: a second person has to agree."""
    matter = visible_matter(request.actor, pk)

    def act(typed: dict[str, Any]) -> str:
        ask_opening(
            request.actor,
            matter.letter,
            kind=SealedKind(typed["kind"]),
            reason=typed["reason"],
            at=timezone.now(),
        )
        return _("Đã gửi đề nghị mở niêm phong; chờ lãnh đạo duyệt.")

    return take_step(request, matter, ASK, AskForm(request.POST), act)


@require_POST
def sealed_copy_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a redacted copy beside the seal."""
    matter = visible_matter(request.actor, pk)

    def act(typed: dict[str, Any]) -> str:
        file = typed["file"]
        add_redacted_copy(request.actor, matter.letter, file=file, filename=file.name, at=timezone.now())
        return _("Đã thêm bản đã che; thông tin riêng của tệp đã được xóa.")

    form = PaperForm(request.POST, request.FILES, prefix="copy")
    return take_step(request, matter, COPY, form, act)


@require_POST
def sealed_original_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one more paper as it came."""
    matter = visible_matter(request.actor, pk)

    def act(typed: dict[str, Any]) -> str:
        file = typed["file"]
        seal_original(request.actor, matter.letter, file=file, filename=file.name, at=timezone.now())
        return _("Đã niêm phong bản gốc.")

    form = PaperForm(request.POST, request.FILES, prefix="original")
    return take_step(request, matter, ORIGINAL, form, act)


@require_GET
def sealed_copy(request: HttpRequest, pk: int, ordinal: int) -> HttpResponseBase:
    """A redacted copy, under the letter's code; the read is recorded."""
    copy = query.read_redacted(request.actor, pk, ordinal)
    return file_response(request, copy.file, copy.file_name, inline="download" not in request.GET)

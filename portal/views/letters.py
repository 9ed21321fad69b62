"""Complain, propose, report, denounce from home; follow a letter by its code (rule 52 of complaints).

Every address here stands below one that no log keeps a visitor's network address of (``UNTRACED_PATHS``), and
nothing of a letter is put into a session: an office's machine may be signed in to somebody's account.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.public import (
    PROTECTED_KINDS,
    BroughtFile,
    MatterKind,
    Standing,
    TypedLetter,
    letter_bodies,
    standing,
)
from egov.files.store import read_checked
from egov.organizations.middleware import acting
from egov.workflow.refusal import Refusal
from portal.actions.send_letter import send_letter
from portal.caching import public_page
from portal.forms.letter import LetterFollowForm, LetterForm
from portal.models import LetterReceipt
from portal.throttles import count_one

KINDS = {
    "complaint": MatterKind.COMPLAINT,
    "suggestion": MatterKind.SUGGESTION,
    "report": MatterKind.REACTION,
    "denunciation": MatterKind.DENUNCIATION,
    "information": MatterKind.INFORMATION,
}


class UnknownLetter(Refusal):
    """No letter has this code together with this secret; which of the two is wrong is not said."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy đơn với hai mã này. Hãy xem lại giấy xác nhận."))


@require_safe
@public_page(seconds=600)
def letter_home(request: HttpRequest) -> HttpResponse:
    """Which kind of letter is the right one, what each needs, and what becomes of it."""
    return render(request, "portal/letter_home.html", {})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter_send(request: HttpRequest, kind: str) -> HttpResponse:
    """Write one; the answer to sending it is the page with its codes, which is shown once."""
    if kind not in KINDS:
        raise Http404
    of = KINDS[kind]
    bodies = letter_bodies(of)
    form = LetterForm(request.POST or None, request.FILES or None, kind=of, bodies=bodies)
    context = {
        "form": form,
        "kind": of,
        "slug": kind,
        "is_protected": of in PROTECTED_KINDS,
        "bodies": bodies,
    }
    if request.method != "POST":
        return render(request, "portal/letter_send.html", context)
    status = 422
    if form.is_valid():
        try:
            count_one("letter", acting(request).address, settings.INQUIRIES_PER_ADDRESS)
            sent = send_letter(acting(request), _typed(of, form), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = refusal.status
        else:
            return render(request, "portal/letter_sent.html", {"sent": sent, "kind": of})
    return render(request, "portal/letter_send.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter_follow(request: HttpRequest) -> HttpResponse:
    """Ask by code and secret how far a letter is."""
    if request.method != "POST":
        return render(request, "portal/letter_follow.html", {"form": LetterFollowForm()})
    form = LetterFollowForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/letter_follow.html", {"form": form}, status=422)
    try:
        found = _found(request, form)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, "portal/letter_follow.html", {"form": form}, status=refusal.status)
    return render(request, "portal/letter_follow.html", {"form": form, "found": found})


@login_not_required
@never_cache
@require_POST
def letter_receipt(request: HttpRequest) -> HttpResponse:
    """The signed receipt, for whoever knows both codes."""
    form = LetterFollowForm(request.POST)
    if not form.is_valid():
        raise UnknownLetter
    found = _found(request, form)
    receipt = LetterReceipt.objects.filter(number=found.code).exclude(file=None).first()
    if receipt is None or receipt.file is None:
        raise ReceiptWaits
    response = HttpResponse(read_checked(receipt.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    return response


class ReceiptWaits(Refusal):
    """The system could not sign it yet."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("Giấy xác nhận đang chờ hệ thống ký. Đơn đã được nhận; hãy tải lại sau ít phút."))


def _found(request: HttpRequest, form: LetterFollowForm) -> Standing:
    """Counted before it is looked up, per address and per code. Raises TooMany, UnknownLetter."""
    code = form.cleaned_data["code"].strip().upper()
    count_one("letter-standing", acting(request).address, settings.INQUIRIES_PER_ADDRESS)
    count_one("letter-standing-code", code, settings.INQUIRIES_PER_ADDRESS)
    found = standing(code, form.cleaned_data["secret"])
    if found is None:
        raise UnknownLetter
    return found


def _typed(kind: MatterKind, form: LetterForm) -> TypedLetter:
    typed = form.cleaned_data
    return TypedLetter(
        kind=kind,
        body_code=typed["body"],
        subject=typed["subject"],
        summary=typed["summary"],
        request=typed.get("request", ""),
        name=typed.get("name", ""),
        address=typed.get("address", ""),
        personal_number=typed.get("personal_number", ""),
        phone=typed.get("phone", ""),
        email=typed.get("email", ""),
        files=tuple(BroughtFile(file.name or "", file.read()) for file in typed["files"]),
        key=str(typed["key"]),
    )

"""The log of openings, and each of them: agreed to by a second person, released, read by the one named."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from complaints import rules
from complaints.actions.open_seal import Opened, answer_opening, read_opening, release_opening
from complaints.actions.seal_person import SealedPerson
from complaints.enums import SealedKind
from complaints.forms.sealing import AnswerForm, OpenForm, ReadPaperForm
from complaints.models import Opening
from complaints.queries import sealed as query
from complaints.views.reading import reads_once
from egov.files.inspect import media_type_of
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal

LIST, ROWS = "complaints/opening_list.html", "complaints/_opening_rows.html"


@require_GET
@reads_once
def opening_list(request: HttpRequest) -> HttpResponse:
    """Who asked to open what and why, newest first: the body's for those concerned, else one's own."""
    pager = page_of(request, query.openings(request.actor), order=("-asked_at", "-pk"))
    return render_page(request, LIST, ROWS, {"pager": pager, "now": timezone.now()})


@require_GET
def opening_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One opening with what the actor may do about it."""
    return _show(request, query.visible_opening(request.actor, pk))


@require_POST
def opening_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree or not."""
    opening = query.visible_opening(request.actor, pk)

    def act(typed: dict[str, Any]) -> str:
        answer_opening(
            request.actor, opening, agrees=typed["agrees"], answer=typed["answer"], at=timezone.now()
        )
        return _("Đã ghi ý kiến.")

    return _take(request, opening, AnswerForm(request.POST), act)


@sensitive_post_parameters("passphrase")
@require_POST
def opening_release(request: HttpRequest, pk: int) -> HttpResponse:
    """The custodian opens it for the one named."""
    opening = query.visible_opening(request.actor, pk)

    def act(typed: dict[str, Any]) -> str:
        release_opening(request.actor, opening, passphrase=typed["passphrase"], at=timezone.now())
        return _("Đã mở cho người được nêu tên trong 2 giờ.")

    return _take(request, opening, OpenForm(request.POST), act)


@sensitive_post_parameters("passphrase")
@sensitive_variables()
@never_cache
@require_POST
def opening_read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who denounces, on one page that is kept nowhere; or one original, to keep.

    A page that answers a POST has no address to come back to, and the next reading asks again.
    """
    opening = query.visible_opening(request.actor, pk)
    form = _read_form(opening)(request.POST)
    if not form.is_valid():
        return _show(request, opening, form)
    try:
        found = read_opening(
            request.actor, opening, passphrase=form.cleaned_data["passphrase"], at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, opening, form)
    if opening.kind == SealedKind.PERSON:
        people = [_facts_of(person) for person in found.people]
        return render(request, "complaints/opening_read.html", {"opening": opening, "people": people})
    return _paper(opening, found, form.cleaned_data["number"])


def _facts_of(person: SealedPerson) -> list[tuple[str, str]]:
    return [
        (_("Họ tên"), person.name),
        (_("Ngày sinh"), person.born_on),
        (_("Số định danh, hộ chiếu"), person.personal_number),
        (_("Địa chỉ"), person.address),
        (_("Điện thoại"), person.phone),
        (_("Thư điện tử"), person.email),
        (_("Nghề nghiệp, nơi làm việc"), person.job),
        (_("Lưu ý khi liên hệ"), person.note),
    ]


def _paper(opening: Opening, found: Opened, number: int) -> HttpResponse:
    content = found.papers[min(number, len(found.papers)) - 1]
    media_type, extension = media_type_of(BytesIO(content))
    response = HttpResponse(content, content_type=media_type)
    name = f"{opening.letter.code}-ban-goc-{min(number, len(found.papers)):02d}{extension}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _take(
    request: HttpRequest, opening: Opening, form: Form, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    if form.is_valid():
        try:
            done = act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("complaints:opening_detail", pk=opening.pk)
    return _show(request, opening, form)


def _show(request: HttpRequest, opening: Opening, refused: Form | None = None) -> HttpResponse:
    """The page; each form only for who may use it now."""
    actor, now = request.actor, timezone.now()
    form: type[Form] | None = None
    step = ""
    if opening.answered_at is None and rules.may_answer_opening(actor, opening):
        form, step = AnswerForm, "answer"
    elif opening.is_approved and opening.released_at is None and rules.may_release_opening(actor, opening):
        form, step = OpenForm, "release"
    elif opening.is_open(now) and rules.may_read_opening(actor, opening):
        form, step = _read_form(opening), "read"
    context = {
        "opening": opening,
        "readings": list(opening.readings.all()),
        "now": now,
        "facts": [
            (_("Nội dung"), opening.get_kind_display()),
            (_("Người xem"), opening.reader.user.full_name),
            (_("Lý do"), opening.reason),
            (_("Đề nghị lúc"), _moment(opening.asked_at)),
            (_("Người duyệt"), opening.answered_by.user.full_name if opening.answered_by else ""),
            (_("Duyệt lúc"), _moment(opening.answered_at)),
            (_("Ý kiến"), opening.answer),
            (_("Người giữ khóa đã mở"), opening.released_by.user.full_name if opening.released_by else ""),
            (_("Mở lúc"), _moment(opening.released_at)),
            (_("Hết hạn lúc"), _moment(opening.ends_at)),
        ],
        "form": refused or (form() if form else None),
        "step": step,
    }
    return render(request, "complaints/opening_detail.html", context, status=422 if refused else 200)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""


def _read_form(opening: Opening) -> type[OpenForm]:
    return OpenForm if opening.kind == SealedKind.PERSON else ReadPaperForm

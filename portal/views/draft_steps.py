"""The steps of a filing: each is a page with a form, saved field by field while it is filled in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from egov.audit.record import record
from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal.actions.draft import FIELDS, Conflict, Saved, discard_draft, save_draft, take_over_version
from portal.actions.upload import add_file, remove_upload
from portal.forms.preparation import APPLICANT, CASE, CHECK, PAPERS, PAYMENT, Preparation
from portal.middleware import signed_in
from portal.models import Citizen, Draft, Upload
from portal.views import unsaved
from portal.views.citizen_only import citizen_only

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# What the pressed button does besides saving.
NEXT, LATER, UPLOAD, KEEP_MINE = "next", "later", "upload", "mine"
FILE_FIELD = "file_"
# Where papers of one's own store are named: seen, so noted (rule 42).
PAPER_STEPS = (PAPERS, CHECK)
TEMPLATES = {
    CASE: "portal/draft_case.html",
    APPLICANT: "portal/draft_applicant.html",
    PAPERS: "portal/draft_papers.html",
    PAYMENT: "portal/draft_payment.html",
    CHECK: "portal/draft_check.html",
}


def draft_page(view: View[P]) -> View[P]:
    """A page of one's own draft; what a form wanted to save when the sign-in had ended is saved after it."""
    guarded = citizen_only(view)

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and signed_in(request) is None:
            unsaved.keep(request, kwargs["draft_pk"])
        return guarded(request, *args, **kwargs)

    update_wrapper(answer, guarded)
    return answer


@draft_page
@require_http_methods(["GET", "POST"])
def draft_step(request: HttpRequest, draft_pk: UUID, part: str) -> HttpResponse:
    """One step. Whatever was sent is kept first, so no refusal and no mistake costs a word."""
    citizen, draft = own_draft(request, draft_pk)
    if draft.submitted_at is not None:
        return redirect("portal:draft_filed", draft_pk=draft.pk)
    prepared = prepare(citizen, draft)
    if isinstance(prepared, Refusal) or prepared.is_superseded:
        return changed_procedure(request, draft, prepared)
    if part not in prepared.step_names:
        if part not in TEMPLATES:
            raise Http404
        return redirect("portal:draft_step", draft_pk=draft.pk, part=prepared.after(part))
    if request.method == "GET":
        return _shown(request, citizen, prepared, part)
    saved = _save(request, citizen, prepared)
    prepared = _prepared(citizen, saved.draft, prepared.offer)
    if saved.conflicts:
        return show_step(request, prepared, part, conflicts=saved.conflicts, status=409)
    return _answer(request, citizen, prepared, part)


@draft_page
@require_POST
def draft_fields(request: HttpRequest, draft_pk: UUID) -> HttpResponse:
    """Keep single fields while the step is filled in; the answer says when, or what is in the way."""
    citizen, draft = own_draft(request, draft_pk)
    prepared = prepare(citizen, draft)
    if draft.submitted_at is not None or isinstance(prepared, Refusal) or prepared.is_superseded:
        # Another window was faster: there is nothing left to keep here, the page shows what there is.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    saved = _save(request, citizen, prepared)
    context = {"draft": saved.draft, "conflicts": _in_words(saved.conflicts, prepared)}
    context["shown"] = _shown_values(request, saved)
    return render(request, "portal/_draft_saved.html", context)


@draft_page
@require_POST
def draft_version(request: HttpRequest, draft_pk: UUID) -> HttpResponse:
    """Go on by the version of the procedure that is now in force."""
    citizen, draft = own_draft(request, draft_pk)
    prepared = prepare(citizen, draft)
    if isinstance(prepared, Refusal):
        return changed_procedure(request, draft, prepared)
    take_over_version(citizen, draft, offer=prepared.offer, at=timezone.now())
    messages.success(request, _("Đã chuyển sang quy định mới. Hãy kiểm tra lại từng bước trước khi nộp."))
    return redirect("portal:draft_step", draft_pk=draft.pk, part=CASE)


@draft_page
@require_http_methods(["GET", "POST"])
def draft_discard(request: HttpRequest, draft_pk: UUID) -> HttpResponse:
    """Throw a draft away, after one more question."""
    citizen, draft = own_draft(request, draft_pk)
    if draft.submitted_at is not None:
        return redirect("portal:draft_filed", draft_pk=draft.pk)
    if request.method == "GET":
        return render(request, "portal/draft_discard.html", {"draft": draft})
    discard_draft(citizen, draft, at=timezone.now())
    messages.success(request, _("Đã bỏ hồ sơ đang soạn cùng các tệp của hồ sơ."))
    return redirect("portal:apply", code=draft.procedure_code)


@draft_page
@require_http_methods(["GET", "POST"])
def draft_file_remove(request: HttpRequest, draft_pk: UUID, upload_pk: UUID) -> HttpResponse:
    """Take one file off; one that is gone already is no fault."""
    citizen, draft = own_draft(request, draft_pk)
    upload = Upload.objects.visible_to(citizen).filter(pk=upload_pk, draft=draft).first()
    if request.method == "POST" and upload is not None:
        remove_upload(citizen, upload, at=timezone.now())
    return redirect("portal:draft_step", draft_pk=draft.pk, part=PAPERS)


def own_draft(request: HttpRequest, draft_pk: UUID) -> tuple[Citizen, Draft]:
    """The citizen and a draft of theirs; everybody else's does not exist."""
    citizen = signed_in(request)
    draft = Draft.objects.visible_to(citizen).filter(pk=draft_pk).first()
    if citizen is None or draft is None:
        raise Http404
    return citizen, draft


def prepare(citizen: Citizen, draft: Draft) -> Preparation | Refusal:
    """The draft with its procedure as it is now; why not, when it can no longer be filed online at all."""
    now = timezone.now()
    if draft.submitted_at is None and draft.expires_at <= now:
        return Refusal(_("Bản soạn này đã hết hạn lưu."))
    try:
        offer = onestop.filing_offer(draft.procedure_code, timezone.localdate(now))
    except (onestop.ProcedureUnknown, onestop.NotOnline) as refusal:
        return refusal
    return Preparation(citizen, draft, offer, now)


def changed_procedure(request: HttpRequest, draft: Draft, found: Preparation | Refusal) -> HttpResponse:
    """The rules changed while it was prepared: what that means, and what is taken along."""
    context = {
        "draft": draft,
        "said": said_in(draft),
        "uploads": list(draft.uploads.kept()),
        "prepared": None if isinstance(found, Refusal) else found,
        "refusal": found if isinstance(found, Refusal) else None,
    }
    return render(request, "portal/draft_changed.html", context, status=409)


def show_step(
    request: HttpRequest,
    prepared: Preparation,
    part: str,
    *,
    checked: bool = False,
    conflicts: tuple[Conflict, ...] = (),
    refusal: object = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """The page of a step with what stands in the draft; in a conflict with what was typed here."""
    if part in PAPER_STEPS and any(row.reusable for row in prepared.papers):
        record(prepared.citizen, "portal.papers_read", prepared.draft)
    form = prepared.form(part, checked=checked)
    for conflict in conflicts:
        if form is not None and conflict.field in form.fields:
            form.initial[conflict.field] = conflict.mine
    context = {
        "draft": prepared.draft,
        "said": said_in(prepared.draft),
        "prepared": prepared,
        "citizen": prepared.citizen,
        "offer": prepared.offer,
        "part": part,
        "steps": prepared.steps(part),
        "before": prepared.before(part),
        "form": form,
        "shown": _standing(prepared, part),
        "conflicts": _in_words(conflicts, prepared),
        "refusal": refusal,
        "limits": limits(),
        "undeclared": False,
        **more,
    }
    return render(request, TEMPLATES[part], context, status=status)


def limits() -> dict[str, int]:
    """How large and how many files may be, told before anything is sent."""
    return {
        "file": settings.FILES_MAX_BYTES,
        "filing": settings.FILING_MAX_BYTES,
        "files": settings.FILING_MAX_FILES,
    }


def said_in(draft: Draft) -> dict[str, str]:
    """Every field with what stands in it."""
    return {name: draft.said(name) for name in FIELDS}


def _shown(request: HttpRequest, citizen: Citizen, prepared: Preparation, part: str) -> HttpResponse:
    """The step; first of all with what was written before the sign-in ended."""
    kept = unsaved.take(request, prepared.draft)
    if kept is not None:
        saved = save_draft(
            citizen,
            prepared.draft,
            typed=kept["typed"],
            shown=kept["shown"] or None,
            offer=prepared.offer,
            at=timezone.now(),
        )
        prepared = _prepared(citizen, saved.draft, prepared.offer)
        if saved.conflicts:
            return show_step(request, prepared, part, conflicts=saved.conflicts, status=409)
        messages.success(
            request, _("Đã lưu nội dung Quý vị vừa ghi trước khi phiên đăng nhập kết thúc; không mất gì.")
        )
    return show_step(request, prepared, part)


def _prepared(citizen: Citizen, draft: Draft, offer: onestop.FilingOffer) -> Preparation:
    return Preparation(citizen, draft, offer, timezone.now())


def _save(request: HttpRequest, citizen: Citizen, prepared: Preparation) -> Saved:
    data = request.POST.dict()
    shown = None if data.get("keep") == KEEP_MINE else unsaved.shown_in(data) or None
    return save_draft(
        citizen,
        prepared.draft,
        typed=unsaved.typed_in(data),
        shown=shown,
        offer=prepared.offer,
        at=timezone.now(),
    )


def _answer(request: HttpRequest, citizen: Citizen, prepared: Preparation, part: str) -> HttpResponse:
    """What the pressed button asks for, now that everything is kept."""
    refusal = _keep_files(request, citizen, prepared) if part == PAPERS else None
    if refusal is not None:
        fresh = _prepared(citizen, prepared.draft, prepared.offer)
        return show_step(request, fresh, part, refusal=refusal, status=refusal.status)
    pressed = request.POST.get("next")
    if pressed == LATER:
        messages.success(
            request,
            _("Đã lưu. Quý vị có thể soạn tiếp trên thiết bị khác đến ngày %(day)s.")
            % {"day": timezone.localtime(prepared.draft.expires_at).strftime("%d/%m/%Y")},
        )
        return redirect("portal:apply", code=prepared.draft.procedure_code)
    if pressed != NEXT:
        return redirect("portal:draft_step", draft_pk=prepared.draft.pk, part=part)
    form = prepared.form(part, checked=True)
    if form is not None and form.errors:
        return show_step(request, prepared, part, checked=True, status=422)
    return redirect("portal:draft_step", draft_pk=prepared.draft.pk, part=prepared.after(part))


def _keep_files(request: HttpRequest, citizen: Citizen, prepared: Preparation) -> Refusal | None:
    """Take every file that came along; the first one that is refused says why, the others stay."""
    first: Refusal | None = None
    for name, files in request.FILES.lists():
        for file in files:
            try:
                add_file(
                    citizen,
                    prepared.draft,
                    paper=name.removeprefix(FILE_FIELD),
                    papers=prepared.paper_names,
                    file=file,  # type: ignore[arg-type]  # an uploaded file is a stream of bytes
                    filename=file.name or "",
                    at=timezone.now(),
                )
            except Refusal as refusal:
                first = first or refusal
    return first


def _in_words(conflicts: tuple[Conflict, ...], prepared: Preparation) -> list[dict[str, str]]:
    labels = {}
    for step in (CASE, APPLICANT):
        form = prepared.form(step)
        labels |= {name: str(field.label) for name, field in form.fields.items()} if form else {}
    return [
        {"label": labels.get(one.field, _("Giấy tờ")), "mine": one.mine, "theirs": one.theirs}
        for one in conflicts
    ]


def _standing(prepared: Preparation, part: str) -> dict[str, str]:
    """Fields of the step and what the server has in them: sent back with the form (see save_draft)."""
    if part == PAPERS:
        names = [row.field for row in prepared.papers]
    else:
        form = prepared.form(part)
        names = list(form.fields) if form else []
    return {name: prepared.draft.said(name) for name in names}


def _shown_values(request: HttpRequest, saved: Saved) -> dict[str, str]:
    """What the page shows from now on; for a field in conflict still what it showed before."""
    shown = unsaved.shown_in(request.POST.dict())
    unsettled = {one.field for one in saved.conflicts}
    return {
        name: shown.get(name, "") if name in unsettled else saved.draft.said(name)
        for name in unsaved.typed_in(request.POST.dict()) | shown
    }

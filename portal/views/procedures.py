"""Procedures for whoever needs one: the list, one in full, what to prepare, and by when it would be done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from egov.organizations.enums import Level
from egov.web.htmx import render_page
from onestop import public as onestop
from portal.caching import public_page
from portal.forms.procedures import DueForm, ProcedureFilter
from portal.queries import directory
from portal.queries.checklist import checklist_pdf
from portal.queries.fee_words import fee_words

PAGE_SIZE = 30
# A page further on than this is no reader's.
LAST_PAGE = 1_000
ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
LIST, ROWS = "portal/procedure_list.html", "portal/_procedure_rows.html"


@require_safe
@public_page(seconds=300)
def procedure_list(request: HttpRequest) -> HttpResponse:
    """All that may be filed today, narrowed by what was chosen."""
    today = timezone.localdate()
    asked = directory.named(request.GET.get("agency", ""), today)
    form = ProcedureFilter(request.GET, onestop.catalogue_choices(today), asked)
    number = _number(request.GET.get("page", ""), LAST_PAGE)
    start = (number - 1) * PAGE_SIZE
    page = onestop.procedure_page(today, start=start, count=PAGE_SIZE, **form.narrowing)
    context = {
        "filter": form,
        "page": page,
        "first": start + 1,
        "last": start + len(page.entries),
        "previous_url": _page_url(request, number - 1) if number > 1 else "",
        "next_url": _page_url(request, number + 1) if start + PAGE_SIZE < page.total else "",
        "life_events": [] if form.is_used else onestop.list_life_events(today),
    }
    return render_page(request, LIST, ROWS, context)


@require_safe
@public_page(seconds=300)
def procedure_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What to bring, how long, how much, where; one case at a time where there are several."""
    today = timezone.localdate()
    detail = onestop.procedure(code, today)
    if code != detail.entry.door:
        if "@" in detail.entry.door and "@" not in code:
            # Several agencies offer one under this code: the reader says which.
            return redirect(f"{reverse('portal:procedure_list')}?{urlencode({'q': detail.entry.code})}")
        return redirect("portal:procedure_detail", code=detail.entry.door, permanent=True)
    case = _case(detail, request.GET.get("case", ""))
    context = {
        "detail": detail,
        "level": Level(detail.entry.level).label,
        "case": case,
        "channels": _channels(case),
        "fees": [(fee, fee_words(fee)) for fee in case.fees] if case else [],
        "related": onestop.related_procedures(code, today),
        "due_form": _due_form(detail, case),
    }
    return render(request, "portal/procedure_detail.html", context)


@require_safe
@public_page(seconds=300)
def procedure_checklist(request: HttpRequest, code: str) -> HttpResponse:
    """The checklist of a case and a channel as PDF/A."""
    today = timezone.localdate()
    detail = onestop.procedure(code, today)
    case = _case(detail, request.GET.get("case", ""))
    if case is None:
        raise Http404(_("Thủ tục này chưa có danh mục giấy tờ."))
    channel = request.GET.get("channel", "")
    channel = channel if channel in dict(_channels(case)) else ""
    address = request.build_absolute_uri(reverse("portal:procedure_detail", args=[detail.entry.door]))
    content = checklist_pdf(detail, case, channel, address=address, on=today)
    name = f"Chuẩn bị hồ sơ {detail.entry.code}.pdf"
    shown = content_disposition_header(as_attachment=False, filename=name) or "inline"
    return HttpResponse(content, "application/pdf", headers={"Content-Disposition": shown})


@require_safe
@public_page(seconds=300)
def procedure_due(request: HttpRequest, code: str) -> HttpResponse:
    """By when something handed in at a moment would be done, and how each day was counted."""
    detail = onestop.procedure(code, timezone.localdate())
    form = DueForm(request.GET, detail) if request.GET else _due_form(detail, _case(detail, ""))
    due = None
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        due = onestop.explain_due(code, chosen["case"], chosen["channel"], form.submitted_at)
    return render(request, "portal/procedure_due.html", {"detail": detail, "form": form, "due": due})


@require_safe
@public_page(seconds=3600)
def procedure_form(request: HttpRequest, code: str, requirement_id: int) -> HttpResponse:  # noqa: ARG001
    """A blank form, to be filled in."""
    form = onestop.procedure_form(code, min(requirement_id, 2**62), timezone.localdate())
    response = HttpResponse(form.content, form.media_type)
    response.headers["Content-Disposition"] = _attached(form.name, form.media_type)
    return response


@require_safe
@public_page(seconds=300)
def life_event(request: HttpRequest, code: str) -> HttpResponse:
    """What happens in a life, and everything that has to be done for it."""
    events = onestop.list_life_events(timezone.localdate())
    event = next((one for one in events if one.code == code), None)
    if event is None:
        raise Http404(_("Không có sự kiện này."))
    others = [one for one in events if one.code != code]
    return render(request, "portal/life_event.html", {"event": event, "others": others})


def _case(detail: onestop.ProcedureDetail, text: str) -> onestop.CaseEntry | None:
    """The case asked for, else the first."""
    asked = [case for case in detail.cases if str(case.id) == text]
    return next(iter([*asked, *detail.cases]), None)


def _channels(case: onestop.CaseEntry | None) -> list[tuple[str, str]]:
    found = {limit.channel: limit.channel_words for limit in case.limits} if case else {}
    return list(found.items())


def _due_form(detail: onestop.ProcedureDetail, case: onestop.CaseEntry | None) -> DueForm:
    """Begun with this moment, for the page is first about today."""
    form = DueForm(None, detail)
    now = timezone.localtime()
    form.initial = {"case": case.id if case else None, "day": now.date(), "clock": now.time()}
    return form


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and int(text[:9]) > 0 else 1


def _page_url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _attached(name: str, media_type: str) -> str:
    ending = ENDINGS.get(media_type, "")
    filename = name if name.lower().endswith(ending) else name + ending
    return content_disposition_header(as_attachment=True, filename=filename) or "attachment"

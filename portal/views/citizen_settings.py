"""A citizen chooses how to be told; whoever holds a message's link ends its channel with one click."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egov.accounts.login.address import address_of
from egov.workflow.refusal import Refusal
from portal.actions.contacts import ask_contact_code, choose_channels, confirm_contact, stop_channel
from portal.enums import NoticeChannel
from portal.forms.citizen_settings import ChannelsForm, CodeForm, EmailForm, PhoneForm
from portal.middleware import citizen_of
from portal.models import Citizen
from portal.queries.citizen_settings import waiting_code
from portal.queries.notice_words import read_stop_token
from portal.views.citizen_only import citizen_only

CONTACT_FORMS = {NoticeChannel.EMAIL: EmailForm, NoticeChannel.SMS: PhoneForm}


@require_safe
@citizen_only
def citizen_settings(request: HttpRequest) -> HttpResponse:
    """Addresses, channels, language, each with its own form."""
    return _page(request, citizen_of(request))


@require_POST
@citizen_only
def citizen_channels(request: HttpRequest) -> HttpResponse:
    """Keep the choice."""
    citizen = citizen_of(request)
    form = ChannelsForm(request.POST)
    if form.is_valid():
        try:
            choose_channels(citizen, citizen, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lưu cách nhận tin."))
            return redirect("portal:citizen_settings")
    return _page(request, citizen, channels=form, status=422)


@require_POST
@citizen_only
def citizen_contact(request: HttpRequest, channel: str) -> HttpResponse:
    """Have a code sent to an address."""
    citizen, way = citizen_of(request), _channel(channel)
    form = CONTACT_FORMS[way](request.POST)
    if form.is_valid():
        try:
            ask_contact_code(
                citizen, citizen, channel=way, contact=form.cleaned_data["contact"], at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.info(request, _("Mã xác nhận đang được gửi; mã có giá trị trong 15 phút."))
            return redirect("portal:citizen_settings")
    return _page(request, citizen, status=422, **{f"{way}_form": form})


@require_POST
@citizen_only
def citizen_confirm(request: HttpRequest, channel: str) -> HttpResponse:
    """Type the code that came."""
    citizen, way = citizen_of(request), _channel(channel)
    form = CodeForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if confirm_contact(citizen, citizen, channel=way, code=code, at=timezone.now()) is not None:
            messages.success(request, _("Đã xác nhận. Quý vị sẽ nhận tin tại địa chỉ này."))
            return redirect("portal:citizen_settings")
        form.add_error("code", _("Mã không đúng hoặc không còn giá trị. Kiểm tra lại, hoặc yêu cầu mã mới."))
    return _page(request, citizen, status=422, **{f"{way}_code": form})


@csrf_exempt  # mail programs press it without a cookie; the token says whom it is for
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End a channel: at once for a mail program's POST (RFC 8058), by a button for a person.

    Opening the page ends nothing: what scans mail for dangerous links opens it too.
    """
    meant = read_stop_token(token)
    citizen = Citizen.objects.filter(pk=meant[0]).first() if meant else None
    if meant is None or citizen is None:
        raise Http404
    if request.method == "POST":
        citizen.address = address_of(request)
        stop_channel(citizen, citizen, channel=meant[1])
    return render(
        request,
        "portal/notices_stop.html",
        {"stopped": request.method == "POST", "channel": _channel(meant[1]).label},
    )


def _channel(name: str) -> NoticeChannel:
    try:
        return NoticeChannel(name)
    except ValueError as error:
        raise Http404 from error


def _page(request: HttpRequest, citizen: Citizen, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    context = {
        "citizen": citizen,
        "channels": ChannelsForm.of(citizen),
        "email_form": EmailForm(initial={"contact": citizen.email}),
        "sms_form": PhoneForm(initial={"contact": citizen.phone}),
        "email_code": CodeForm(auto_id="id_email_%s"),
        "sms_code": CodeForm(auto_id="id_sms_%s"),
        "email_waiting": waiting_code(citizen, NoticeChannel.EMAIL, now),
        "sms_waiting": waiting_code(citizen, NoticeChannel.SMS, now),
    }
    return render(request, "portal/citizen_settings.html", context | forms, status=status)

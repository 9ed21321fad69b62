"""Switching between one's own positions."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.organizations.middleware import SESSION_KEY, acting, actor_of
from egov.workflow.refusal import NotPermitted


@require_POST
def position_switch(request: HttpRequest) -> HttpResponse:
    """From now on the person acts in another of the positions that they hold today."""
    actor = acting(request)
    held = actor.positions if isinstance(actor, Actor) else ()
    chosen = next((one for one in held if str(one.pk) == request.POST.get("membership")), None)
    if chosen is None:
        raise NotPermitted(_("Quý vị không giữ chức vụ này. Hãy tải lại trang và chọn lại."))
    request.session[SESSION_KEY] = chosen.pk
    record(actor_of(request), "organizations.switch_position", chosen)
    messages.success(
        request,
        _("Quý vị đang làm việc với chức vụ %(position)s, %(agency)s.")
        % {"position": chosen.position, "agency": chosen.agency.name},
    )
    # To the first page: the page in view may belong to the agency just left.
    return redirect(settings.LOGIN_REDIRECT_URL)

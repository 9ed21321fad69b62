"""The door of the editors' pages (``/cms/``): officials with a duty for the portal and a second factor.

It stands before Wagtail: whatever address below ``/cms/`` is asked for, also one that a later release adds,
is refused in words to everybody else.
"""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor, SignedOut
from egov.workflow.middleware import refusal_page
from egov.workflow.refusal import NotPermitted
from portal.content.staff import duties_of, mirror_groups

PREFIX = "/cms/"

# As tight as Wagtail's own pages allow (decision 13): it starts its widgets by scripts in the page and sets
# widths by style attributes. Nothing comes from elsewhere, and nothing frames it but its own preview.
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "manifest-src": [SELF],
}


class NotAnEditor(NotPermitted):
    """The person has no duty for the portal today."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Trang biên tập chỉ dành cho người được giao nhiệm vụ tác giả, biên tập viên "
                "hoặc người duyệt đăng của cổng thông tin. "
                "Hãy liên hệ quản trị hệ thống để được giao nhiệm vụ."
            )
        )


class SecondFactorMissing(NotPermitted):
    """The person has signed in with a password alone."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Trang biên tập chỉ mở khi đăng nhập bằng xác thực hai lớp. "
                "Hãy bật xác thực hai lớp trong mục Tài khoản, rồi đăng nhập lại."
            )
        )


class EditorsDoorMiddleware:
    """Lets editors in, tells Wagtail what each may do today, and loosens the page policy there alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = refused(request) or self.get_response(request)
        response._csp_replace = POLICY  # type: ignore[attr-defined]  # what django-csp's decorators set
        response["X-Frame-Options"] = "SAMEORIGIN"
        return response


def refused(request: HttpRequest) -> HttpResponse | None:
    """The refusal in words, the sign-in page of officials for a visitor; None for an editor."""
    actor: Actor | SignedOut = request.actor  # type: ignore[attr-defined]
    if actor.user is None:
        return redirect_to_login(request.get_full_path())
    if not isinstance(actor, Actor):
        return refusal_page(request, NotAnEditor())
    if not actor.second_factor:
        return refusal_page(request, SecondFactorMissing())
    duties = duties_of(actor.user)
    mirror_groups(actor.user, duties)
    return None if duties else refusal_page(request, NotAnEditor())

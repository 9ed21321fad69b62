"""Steps of editors that Wagtail does not have."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from egov.organizations.actor import Actor
from egov.organizations.middleware import acting
from egov.workflow.refusal import NotPermitted
from portal.content.actions.withdraw import withdraw


class WithdrawForm(forms.Form):
    """Why an article leaves the public."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do gỡ"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Ghi vào bản lưu và nhật ký; người đọc không thấy."),
    )


def closed(_request: HttpRequest) -> HttpResponse:
    """A door that does not exist here: officials sign in, and are looked after, in the office."""
    raise Http404


@require_admin_access
@require_http_methods(["GET", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, keep the copy, take the page from the public."""
    page = get_object_or_404(Page, pk=pk, live=True).specific
    actor = acting(request)
    if not isinstance(actor, Actor):
        raise NotPermitted(_("Hãy đăng nhập bằng chức vụ của bạn."))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(actor, page, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã gỡ “%(title)s”; bản lưu được giữ lại.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "content/cms/withdraw.html", {"page": page, "form": form})

"""Commit to less time than the law allows, for many procedures at once, with a preview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.commit_limits import Commitment, commit_limits, preview
from onestop.forms.catalogue import CommitmentForm
from onestop.models import ProcedureVersion
from onestop.queries.reduction import reductions, with_limits
from onestop.views.procedures import require


@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest) -> HttpResponse:
    """Choose procedures and a share; see what it would mean; write the drafts."""
    require(rules.may_keep_catalogue(request.actor, None))
    now = timezone.now()
    accepting = ProcedureVersion.objects.accepting(timezone.localdate(now))
    form = CommitmentForm(request.POST or None, versions=accepting)
    lines, errors = [], []
    if request.method == "POST" and form.is_valid():
        chosen = Commitment(form.cleaned_data["percent"], tuple(form.cleaned_data["procedure"]))
        lines = preview(chosen)
        if "confirm" in request.POST:
            try:
                made = commit_limits(request.actor, chosen, at=now)
            except NotPermitted:
                raise
            except Refusal as refusal:
                errors = [str(refusal)]
            else:
                messages.success(
                    request,
                    _("Đã tạo %(count)d bản dự thảo với thời hạn cam kết mới, chờ người khác thẩm tra.")
                    % {"count": len(made)},
                )
                return redirect(f"{reverse('onestop:procedure_list')}?state=waiting")
    versions = list(
        accepting.select_related("procedure__agency")
        .prefetch_related(with_limits())
        .order_by("procedure__national_code", "pk")
    )
    times = reductions(versions, now)
    picked = {str(pk) for pk in request.POST.getlist("procedure")}
    context = {
        "form": form,
        "lines": lines,
        "possible": [line for line in lines if not line.refusal],
        "rows": [(one, times.get(one.pk), str(one.pk) in picked) for one in versions],
        "errors": errors,
    }
    status = 422 if errors or form.errors else 200
    return render(request, "onestop/commitment.html", context, status=status)

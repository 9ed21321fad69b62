"""Import a file of procedures: first the report, then the writing."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from egov.files.filenames import clean_filename, extension_of
from egov.files.models import StoredFile
from egov.files.store import open_stored, put
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.import_catalogue import CatalogueFile, Imported, import_catalogue, planned
from onestop.exchange.catalogue.plan import ImportPlan
from onestop.exchange.catalogue.tables import MOST_BYTES
from onestop.forms.catalogue import ImportForm
from onestop.views.procedures import require

SALT = "onestop.catalogue_import"
# Between the report and the confirmation.
PATIENCE_SECONDS = 3600
# A page waits for so many; longer files go through manage.py import_procedures.
MOST_PROCEDURES = 300
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".json": "application/json",
}


@require_http_methods(["GET", "POST"])
def catalogue_import(request: HttpRequest) -> HttpResponse:
    """Without a confirmation only the report is shown and nothing is written."""
    require(rules.may_keep_catalogue(request.actor, None))
    plan: ImportPlan | None = None
    errors: list[str] = []
    token = ""
    form = ImportForm()
    try:
        if request.method == "POST" and "token" in request.POST:
            done = import_catalogue(request.actor, _kept(request), at=timezone.now())
            messages.success(request, _sentence(done))
            return redirect("onestop:procedure_list")
        if request.method == "POST":
            form = ImportForm(request.POST, request.FILES)
            if form.is_valid():
                plan, token = _checked(request)
    except NotPermitted:
        raise
    except Refusal as refusal:
        errors = [str(refusal)]
    context = {"form": form, "plan": plan, "token": token, "errors": errors}
    status = 422 if errors or form.errors or (plan and plan.refused) else 200
    return render(request, "onestop/catalogue_import.html", context, status=status)


class ConfirmationPassed(Refusal):
    """The report is too old, or another person's."""


class TooManyForPage(Refusal):
    """A browser would give up waiting."""


def _checked(request: HttpRequest) -> tuple[ImportPlan, str]:
    """The report; and, when nothing is refused, the word by which the same file is asked for again."""
    uploaded = request.FILES["file"]
    # One byte more than allowed is enough to know.
    content = uploaded.read(MOST_BYTES + 1)
    file = CatalogueFile(clean_filename(uploaded.name), content)
    plan = planned(request.actor, file, at=timezone.now())
    if len(plan.records) > MOST_PROCEDURES:
        raise TooManyForPage(
            _("Tệp có %(count)d thủ tục, trang này nhận tối đa %(most)d. Hãy tách tệp theo lĩnh vực.")
            % {"count": len(plan.records), "most": MOST_PROCEDURES}
        )
    if plan.refused:
        return plan, ""
    # Kept as evidence of what the drafts were made from.
    stored = put(content, media_type=TYPES[extension_of(file.name)])
    word = [request.actor.user_id, stored.pk, file.name]
    return plan, signing.dumps(word, salt=SALT)


def _kept(request: HttpRequest) -> CatalogueFile:
    try:
        user, pk, name = signing.loads(request.POST["token"], salt=SALT, max_age=PATIENCE_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise ConfirmationPassed(_("Báo cáo đã quá một giờ. Hãy gửi lại tệp để kiểm tra.")) from error
    if user != request.actor.user_id:
        raise ConfirmationPassed(_("Báo cáo này của người khác. Hãy gửi lại tệp để kiểm tra."))
    with open_stored(StoredFile.objects.get(pk=pk)) as stream:
        return CatalogueFile(name, stream.read())


def _sentence(done: Imported) -> str:
    return _(
        "Đã nhập %(procedures)d thủ tục mới và %(versions)d phiên bản mới, tất cả ở trạng thái dự thảo; "
        "%(unchanged)d thủ tục không có gì thay đổi."
    ) % {"procedures": done.procedures, "versions": done.versions, "unchanged": done.unchanged}

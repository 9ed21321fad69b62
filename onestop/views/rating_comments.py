"""Free words of ratings: read for personal data before anybody else sees them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.organizations.actor import Actor
from egov.web.pager import page_of
from onestop.actions.moderate_comment import moderate_comment
from onestop.forms.figures import CommentForm
from onestop.queries.statistics.satisfaction import comments_to_moderate


@require_GET
def comment_list(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first: the words and whom they are about, nothing of the dossier."""
    rows = comments_to_moderate(request.actor, timezone.localdate())
    pager = page_of(request, rows, order=("pk",))
    forms = [(comment, CommentForm(initial={"shown_text": comment.text})) for comment in pager.rows]
    return render(request, "onestop/rating_comments.html", {"comments": forms, "pager": pager})


@require_POST
def comment_moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the words, perhaps without personal data, or withhold them."""
    comment = get_object_or_404(comments_to_moderate(request.actor, timezone.localdate()), pk=pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("onestop:rating_comments")
    actor: Actor = request.actor
    show = form.cleaned_data["decision"] == "show"
    moderate_comment(
        actor,
        comment,
        show=show,
        shown_text=form.cleaned_data["shown_text"],
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    messages.success(request, _("Đã công bố ý kiến.") if show else _("Ý kiến không được công bố."))
    return redirect("onestop:rating_comments")

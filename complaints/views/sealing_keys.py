"""The keys of a body's seal: one's own, the custodians', the two of recovery, and annexes still to send."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from complaints import rules
from complaints.actions.hand_over_key import drop_key, hand_over_key, share_key
from complaints.actions.make_recovery import make_recovery_key
from complaints.actions.make_sealing_key import make_sealing_key
from complaints.actions.recover_key import ask_recovery, cancel_recovery, finish_recovery, give_share
from complaints.actions.send_annex import send_annex
from complaints.forms.sealing import (
    HoldersForm,
    KeyForm,
    MakeKeyForm,
    NothingForm,
    PassphraseForm,
    RecoveryForm,
    SuccessorForm,
)
from complaints.models import RecoveryKey, SealingKey
from complaints.queries import sealing_keys as query
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted, Refusal

Act = Callable[[Actor, dict[str, Any], datetime], object]


@dataclass(frozen=True)
class Step:
    """One thing that may be done with keys: its words, its form, for whom it is offered, what it does."""

    label: object
    done: object
    form: type[KeyForm]
    offered: Callable[[Actor, query.Keyring], bool]
    act: Act


def _own(actor: Actor) -> SealingKey:
    key = query.own_key(actor)
    if key is None:
        raise Refusal(_("Bạn chưa có khóa đang dùng."))
    return key


def _recovery_key(actor: Actor) -> RecoveryKey:
    recovery_key = RecoveryKey.objects.current(actor.agency.pk).first()
    if recovery_key is None:
        raise Refusal(_("Cơ quan chưa có khóa phục hồi."))
    return recovery_key


STEPS: dict[str, Step] = {
    "make": Step(
        _("Tạo khóa của tôi"),
        _("Đã tạo khóa. Hãy nhớ mật khẩu: không ai cấp lại được."),
        MakeKeyForm,
        lambda actor, ring: ring.own is None and bool(rules.may_make_sealing_key(actor, actor.membership)),
        lambda actor, typed, at: make_sealing_key(
            actor, actor.membership, passphrase=typed["passphrase"], at=at
        ),
    ),
    "share": Step(
        _("Chia sẻ cho người giữ khóa khác"),
        _("Người giữ khóa kia đã mở được mọi niêm phong mà bạn mở được."),
        SuccessorForm,
        lambda _actor, ring: ring.own in ring.custodians and len(ring.custodians) > 1,
        lambda actor, typed, _at: share_key(
            actor, _own(actor), typed["successor"], passphrase=typed["passphrase"]
        ),
    ),
    "hand-over": Step(
        _("Bàn giao và thôi giữ khóa"),
        _("Đã bàn giao; khóa của bạn đã bị hủy."),
        SuccessorForm,
        lambda _actor, ring: ring.own in ring.custodians and len(ring.custodians) > 1,
        lambda actor, typed, at: hand_over_key(
            actor, _own(actor), typed["successor"], passphrase=typed["passphrase"], at=at
        ),
    ),
    "drop": Step(
        _("Bỏ khóa của tôi"),
        _("Đã bỏ khóa."),
        NothingForm,
        lambda _actor, ring: ring.own is not None,
        lambda actor, _typed, at: drop_key(actor, _own(actor), at=at),
    ),
    "holders": Step(
        _("Chọn hai người giữ phần khóa phục hồi"),
        _("Đã tạo khóa phục hồi; mỗi người giữ một phần."),
        HoldersForm,
        lambda actor, _ring: bool(rules.may_keep_keys(actor, actor.agency)),
        lambda actor, typed, at: make_recovery_key(
            actor, actor.agency, typed["first"], typed["second"], at=at
        ),
    ),
    "recover": Step(
        _("Phục hồi cho người giữ khóa mới"),
        _("Đã yêu cầu; hai người giữ phần khóa được báo."),
        RecoveryForm,
        lambda actor, ring: (
            ring.recovery_key is not None
            and ring.running is None
            and bool(rules.may_keep_keys(actor, actor.agency))
        ),
        lambda actor, typed, at: ask_recovery(
            actor, _recovery_key(actor), typed["successor"], reason=typed["reason"], at=at
        ),
    ),
}
RECOVERY_STEPS: dict[str, tuple[object, object, type[KeyForm], Any, Any]] = {
    "give": (
        _("Giao phần khóa của tôi"),
        _("Đã giao phần khóa cho lần phục hồi này."),
        PassphraseForm,
        rules.may_give_share,
        lambda actor, recovery, typed, at: give_share(actor, recovery, passphrase=typed["passphrase"], at=at),
    ),
    "finish": (
        _("Hoàn thành phục hồi"),
        _("Đã phục hồi: khóa của bạn mở được các niêm phong của cơ quan."),
        PassphraseForm,
        rules.may_finish_recovery,
        lambda actor, recovery, typed, at: finish_recovery(
            actor, recovery, passphrase=typed["passphrase"], at=at
        ),
    ),
    "cancel": (
        _("Hủy lần phục hồi"),
        _("Đã hủy lần phục hồi."),
        NothingForm,
        rules.may_cancel_recovery,
        lambda actor, recovery, _typed, at: cancel_recovery(actor, recovery, at=at),
    ),
}


@require_GET
def sealing_keys(request: HttpRequest) -> HttpResponse:
    """Who keeps the seal, and what the actor may do about it."""
    return _show(request)


@sensitive_post_parameters("passphrase", "again")
@sensitive_variables("form")
@require_POST
def sealing_step(request: HttpRequest, name: str) -> HttpResponse:
    """Take one step on keys; a refusal goes back into its form, passphrases do not."""
    step = STEPS.get(name)
    if step is None:
        raise Http404
    actor = _official(request)
    form = step.form(query.keys_of_agency(actor), request.POST)
    if form.is_valid():
        try:
            step.act(actor, form.cleaned_data, timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, step.done)
            return redirect("complaints:sealing_keys")
    return _show(request, name, form)


@sensitive_post_parameters("passphrase")
@sensitive_variables("form")
@require_POST
def recovery_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Give a share, finish or cancel a recovery."""
    if name not in RECOVERY_STEPS:
        raise Http404
    actor = _official(request)
    recovery = query.running_recovery(actor, pk)
    _label, done, form_of, _may, act = RECOVERY_STEPS[name]
    form = form_of(query.keys_of_agency(actor), request.POST)
    if form.is_valid():
        try:
            act(actor, recovery, form.cleaned_data, timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("complaints:sealing_keys")
    return _show(request, name, form)


@sensitive_post_parameters("passphrase")
@sensitive_variables("form")
@require_POST
def annex_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the sealed annex of a letter that another body took over."""
    actor = _official(request)
    annex = next((one for one in query.annexes_to_send(actor) if one.recipient.pk == pk), None)
    if annex is None:
        raise Http404
    form = PassphraseForm(query.keys_of_agency(actor), request.POST)
    if form.is_valid():
        words = form.cleaned_data["passphrase"]
        try:
            send_annex(actor, annex.letter, annex.recipient, passphrase=words, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi phụ lục niêm phong."))
            return redirect("complaints:sealing_keys")
    return _show(request, f"annex-{pk}", form)


def _official(request: HttpRequest) -> Actor:
    if not isinstance(request.actor, Actor):
        raise NotPermitted(_("Hãy đăng nhập bằng vị trí công tác."))
    return request.actor


def _show(request: HttpRequest, refused: str = "", form: KeyForm | None = None) -> HttpResponse:
    actor = _official(request)
    may_make = rules.may_make_sealing_key(actor, actor.membership)
    if rules.may_see_keys(actor, actor.agency):
        ring = query.keyring(actor)
    elif may_make:
        # Whoever is to read a seal one day needs a key, and learns nothing of the others'.
        ring = query.Keyring(query.own_key(actor), [], None, recovery_is_whole=False, running=None)
    else:
        raise NotPermitted(may_make.reason)
    keys = query.keys_of_agency(actor)
    context = {
        "ring": ring,
        "sees_all": bool(rules.may_see_keys(actor, actor.agency)),
        "steps": [
            (name, step.label, form if name == refused else step.form(keys), name == refused)
            for name, step in STEPS.items()
            if step.offered(actor, ring)
        ],
        "recovery_steps": [
            (name, label, form if name == refused else form_of(keys))
            for name, (label, _done, form_of, may, _act) in RECOVERY_STEPS.items()
            if ring.running is not None and may(actor, ring.running)
        ],
        "annexes": [
            (one.recipient, form if refused == f"annex-{one.recipient.pk}" else PassphraseForm(keys))
            for one in query.annexes_to_send(actor)
        ],
    }
    return render(request, "complaints/sealing_keys.html", context, status=422 if refused else 200)

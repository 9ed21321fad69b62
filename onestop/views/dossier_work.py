"""The steps of a dossier's work as its page offers them: label, form, and the action behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from onestop.actions.apologize import apologize
from onestop.actions.consult import answer_consultation, consult, drop_question, take_silence
from onestop.actions.filing import HandedPaper
from onestop.actions.financial_duty import Proof, note_duty, prove_duty, send_duty
from onestop.actions.finish_leg import LATER, finish_leg
from onestop.actions.forward import assign_step, forward, take_up
from onestop.actions.halt import halt
from onestop.actions.receive_supplement import receive_supplement
from onestop.actions.request_supplement import (
    approve_supplement,
    decline_supplement,
    request_supplement,
)
from onestop.actions.resume import resume
from onestop.actions.stop import stop
from onestop.actions.take_over import give_back, send_again, take_over
from onestop.actions.withdraw import withdraw
from onestop.enums import PaperSource, RequirementKind, StopReason
from onestop.forms import work as forms
from onestop.forms.supplement import SupplementForm
from onestop.models import Dossier, Step
from onestop.models.consultation import Opinion
from onestop.queries.dossier_detail import colleagues
from onestop.rules.work import (
    assignable_steps,
    given_back_to,
    is_free_for,
    legs_at_the_door,
    steps_in_hand,
)

MakeForm = Callable[[Actor, Dossier, Any, Any], Form]
Act = Callable[[Actor, Dossier, Any, datetime], str]


@dataclass(frozen=True)
class Work:
    """One step: what its button says, what it asks for, what it does and says."""

    label: object
    form: MakeForm
    act: Act
    # Offered in a fold, below what the state waits for.
    is_aside: bool = False


def _plain(_actor: Actor, _dossier: Dossier, data: Any, _files: Any) -> Form:
    return Form(data)


def _reason(_actor: Actor, _dossier: Dossier, data: Any, _files: Any) -> Form:
    return forms.ReasonForm(data)


def _leg(make: type[forms.LegForm], which: Callable[[Actor, Dossier], Any]) -> MakeForm:
    return lambda actor, dossier, data, _files: make(data, legs=which(actor, dossier))


def _step(make: type[forms.StepForm], which: Callable[[Actor, Dossier], list[Step]]) -> MakeForm:
    return lambda actor, dossier, data, _files: make(data, steps=which(actor, dossier))


def free_steps(actor: Actor, dossier: Dossier) -> list[Step]:
    """Steps that the actor may take up."""
    return [one for one in steps_in_hand(actor, dossier) if is_free_for(actor, one)]


def going_on(actor: Actor, dossier: Dossier) -> list[Step]:
    """Steps in hand that have a next one in their leg."""
    return [one for one in steps_in_hand(actor, dossier) if one.followers]


def ending(actor: Actor, dossier: Dossier) -> list[Step]:
    """Steps in hand that end their leg while others are still to come."""
    last = [one for one in steps_in_hand(actor, dossier) if one.is_last]
    others = {leg.pk for leg in dossier.legs.all() if leg.state in LATER}
    return [one for one in last if others - {one.leg_id}]


def _forward_form(actor: Actor, dossier: Dossier, data: Any, _files: Any) -> Form:
    steps = going_on(actor, dossier)
    followers = [one for step in steps for one in step.leg.steps.all() if one.order in step.followers]
    members = _people(actor, followers)
    return forms.ForwardForm(data, steps=steps, followers=followers, members=members)


def _assign_form(actor: Actor, dossier: Dossier, data: Any, _files: Any) -> Form:
    steps = assignable_steps(actor, dossier)
    return forms.AssignForm(data, steps=steps, members=_people(actor, steps))


def _people(actor: Actor, steps: list[Step]) -> list[Membership]:
    return colleagues(actor, {step.role for step in steps}, timezone.localdate())


def _supplement_form(_actor: Actor, dossier: Dossier, data: Any, _files: Any) -> Form:
    lines = dossier.case.requirements.exclude(kind=RequirementKind.NOTE).filter(available_from="")
    again = bool(list(dossier.supplements.all()))
    return SupplementForm(data, requirements=list(lines), again=again)


def _receive_form(_actor: Actor, dossier: Dossier, data: Any, files: Any) -> Form:
    waiting = [one for one in dossier.supplements.all() if one.is_waiting]
    items = list(waiting[0].items.all()) if waiting else []
    return forms.ReceiveSupplementForm(data, files, items=items)


def _stop_form(_actor: Actor, dossier: Dossier, data: Any, _files: Any) -> Form:
    return forms.StopForm(data, allowed=dossier.version.allowed_stops)


def _take_over(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    leg = take_over(actor, dossier, leg_id=typed["leg"], at=at)
    return _("Đã nhận hồ sơ. Hạn của công đoạn “%(leg)s” tính từ lúc được chuyển đến.") % {"leg": leg.name}


def _give_back(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    give_back(actor, dossier, reason=typed["reason"], leg_id=typed["leg"], at=at)
    return _("Đã trả lại nơi gửi kèm lý do.")


def _send_again(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    send_again(actor, dossier, leg_id=typed["leg"], at=at)
    return _("Đã chuyển lại.")


def _take_up(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    step = take_up(actor, dossier, step_id=typed["step"], at=at)
    return _("Quý vị đã nhận bước “%(step)s”.") % {"step": step.name}


def _forward(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    holder = Membership.objects.filter(pk=typed["holder"]).first() if typed["holder"] else None
    step = forward(
        actor, dossier, to=typed["to"], holder=holder, note=typed["note"], step_id=typed["step"], at=at
    )
    return _("Đã chuyển sang bước “%(step)s”.") % {"step": step.name}


def _finish_leg(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    leg = finish_leg(actor, dossier, note=typed["note"], step_id=typed["step"], at=at)
    return _("Đã xong công đoạn “%(leg)s”; hồ sơ được chuyển tiếp.") % {"leg": leg.name}


def _assign_step(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    member = Membership.objects.select_related("user").get(pk=typed["holder"])
    assign_step(actor, dossier, to=member, step_id=typed["step"], at=at)
    return _("Đã giao %(name)s xử lý.") % {"name": member.user.full_name}


def _receive_supplement(actor: Actor, dossier: Dossier, form: Any, at: datetime) -> str:
    receive_supplement(actor, dossier, [_kept(*one) for one in form.counts()], at=at)
    return _("Đã nhận giấy tờ bổ sung; thời gian giải quyết tính tiếp từ bây giờ.")


def _kept(paper: HandedPaper, upload: Any) -> HandedPaper:
    """The paper with its file stored, if one was uploaded. Raises every refusal of an uploaded file."""
    if not upload:
        return paper
    inspected = inspect_attachment(upload, upload.name)
    stored = put(upload, media_type=inspected.media_type)
    return HandedPaper(
        requirement=paper.requirement,
        originals=paper.originals,
        certified_copies=paper.certified_copies,
        photocopies=paper.photocopies,
        source=PaperSource.SCAN,
        file=stored,
        file_name=inspected.filename,
    )


def _request_supplement(actor: Actor, dossier: Dossier, form: Any, at: datetime) -> str:
    request = request_supplement(actor, dossier, form.content(), at=at)
    if request.is_proposed:
        return _("Đã trình lãnh đạo duyệt yêu cầu bổ sung lần nữa.")
    return _("Đã lập phiếu yêu cầu bổ sung và tạm dừng tính thời gian.")


def _approve(actor: Actor, dossier: Dossier, _typed: Any, at: datetime) -> str:
    approve_supplement(actor, dossier, at=at)
    return _("Đã duyệt; phiếu yêu cầu bổ sung được lập.")


def _decline(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    decline_supplement(actor, dossier, reason=typed["reason"], at=at)
    return _("Đã không duyệt yêu cầu bổ sung thêm.")


def _consult(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    consult(actor, dossier, at=at, **typed)
    return _("Đã gửi lấy ý kiến %(name)s.") % {"name": typed["agency"].name}


def _answer(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    answer_consultation(actor, dossier, opinion=Opinion(typed["opinion"]), answer=typed["answer"], at=at)
    return _("Đã trả lời ý kiến.")


def _silence(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    take_silence(actor, dossier, consultation_id=typed["consultation"], at=at)
    return _("Đã ghi nhận: quá hạn không trả lời, coi như đồng ý.")


def _drop(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    drop_question(actor, dossier, consultation_id=typed["consultation"], reason=typed["reason"], at=at)
    return _("Đã thôi lấy ý kiến.")


def _send_duty(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    send_duty(actor, dossier, tax_office=typed["tax_office"], at=at)
    return _("Đã chuyển xác định nghĩa vụ tài chính và tạm dừng tính thời gian.")


def _note_duty(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    note_duty(actor, dossier, at=at, **typed)
    return _("Đã ghi thông báo nghĩa vụ tài chính.")


def _prove_duty(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    upload = typed.pop("file")
    proof = Proof(file=upload or None, file_name=upload.name if upload else "", **typed)
    prove_duty(actor, dossier, proof, at=at)
    return _("Đã có chứng từ; thời gian giải quyết tính tiếp từ bây giờ.")


def _stop(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    stop(actor, dossier, reason=StopReason(typed["reason"]), words=typed["words"], at=at)
    return _("Đã tạm dừng tính thời gian.")


def _resume(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    resume(actor, dossier, reason=typed["reason"], at=at)
    return _("Hồ sơ được xử lý tiếp; hạn trả đã tính lại từ thời gian còn lại.")


def _apologize(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    apology = apologize(actor, dossier, at=at, **typed)
    due = f"{timezone.localtime(apology.new_due_at):%H:%M %d/%m/%Y}"
    return _("Đã lập văn bản xin lỗi; hẹn lại %(due)s.") % {"due": due}


def _withdraw(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    withdraw(actor, dossier, reason=typed["reason"], at=at)
    return _("Đã rút hồ sơ theo yêu cầu của người nộp.")


def _halt(actor: Actor, dossier: Dossier, typed: Any, at: datetime) -> str:
    halt(actor, dossier, reason=typed["reason"], at=at)
    return _("Đã dừng giải quyết và lập thông báo.")


def _of(form: type[Form]) -> MakeForm:
    return lambda _actor, _dossier, data, files: form(data, files)


T = gettext_lazy
# In the order in which they are offered.
WORKS: dict[str, Work] = {
    "take_over": Work(T("Nhận hồ sơ"), _leg(forms.LegForm, legs_at_the_door), _take_over),
    "give_back": Work(T("Trả lại nơi gửi"), _leg(forms.GiveBackForm, legs_at_the_door), _give_back),
    "send_again": Work(T("Chuyển lại"), _leg(forms.LegForm, given_back_to), _send_again),
    "approve_supplement": Work(T("Duyệt yêu cầu bổ sung lần nữa"), _plain, _approve),
    "decline_supplement": Work(T("Không duyệt yêu cầu bổ sung"), _reason, _decline),
    "answer_consultation": Work(T("Trả lời ý kiến"), _of(forms.AnswerForm), _answer),
    "receive_supplement": Work(T("Nhận giấy tờ bổ sung"), _receive_form, _receive_supplement),
    "prove_duty": Work(T("Ghi chứng từ nộp tiền"), _of(forms.ProofForm), _prove_duty),
    "note_duty": Work(T("Ghi thông báo nghĩa vụ tài chính"), _of(forms.NoticeForm), _note_duty),
    "resume": Work(T("Cho xử lý tiếp"), _reason, _resume),
    "take_up": Work(T("Nhận xử lý"), _step(forms.StepForm, free_steps), _take_up),
    "forward": Work(T("Chuyển bước tiếp theo"), _forward_form, _forward),
    "finish_leg": Work(
        T("Xong phần việc, chuyển cơ quan sau"), _step(forms.FinishLegForm, ending), _finish_leg
    ),
    "request_supplement": Work(T("Yêu cầu bổ sung giấy tờ"), _supplement_form, _request_supplement, True),
    "consult": Work(T("Lấy ý kiến cơ quan khác"), _of(forms.ConsultForm), _consult, True),
    "send_duty": Work(T("Chuyển xác định nghĩa vụ tài chính"), _of(forms.DutyForm), _send_duty, True),
    "stop": Work(T("Tạm dừng tính thời gian"), _stop_form, _stop, True),
    "assign_step": Work(T("Phân công người xử lý"), _assign_form, _assign_step, True),
    "apologize": Work(T("Xin lỗi và hẹn lại"), _of(forms.ApologyForm), _apologize, True),
    "withdraw": Work(T("Rút hồ sơ theo yêu cầu của người nộp"), _reason, _withdraw, True),
    "halt": Work(T("Dừng giải quyết"), _reason, _halt, True),
    # On the page beside their question.
    "take_silence": Work(T("Coi như đồng ý"), _of(forms.QuestionForm), _silence, True),
    "drop_question": Work(T("Thôi hỏi"), _of(forms.QuestionForm), _drop, True),
}
# Steps whose form says itself what was brought or asked: their action takes the form.
TAKES_FORM = frozenset({"receive_supplement", "request_supplement"})

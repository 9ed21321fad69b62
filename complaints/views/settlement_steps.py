"""The steps of a settlement as a letter's page offers them: label, rule, form, and the action behind each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext_lazy

from complaints import deadlines
from complaints.actions.draft_outcome import possible_results
from complaints.enums import MatterState
from complaints.forms import settlement as forms
from complaints.models import Matter
from complaints.models.outcome import RESULTS
from complaints.queries import settlement as query
from complaints.rules import settlement as rules
from complaints.views import settlement_acts as acts
from egov.organizations.actor import Actor
from egov.workflow.verdict import Verdict

MakeForm = Callable[[Matter, Any, Any], Form]
Act = Callable[[Actor, Matter, Any, datetime], str]


@dataclass(frozen=True)
class Step:
    """One step: what its button says, who may, what it asks for, what it does and says."""

    label: object
    rule: Callable[[Any, Matter], Verdict]
    form: MakeForm
    act: Act
    # Whether there is anything to do it on, and whether the settlement waits for it now.
    has: Callable[[Matter], bool] = lambda _matter: True
    is_next: Callable[[Matter], bool] = lambda _matter: False


def _of(make: type[Form]) -> MakeForm:
    return lambda _matter, data, files: make(data, files)


def _plain(_matter: Matter, data: Any, _files: Any) -> Form:
    return Form(data)


def _verification_form(matter: Matter, data: Any, _files: Any) -> Form:
    return forms.VerificationForm(data, people=query.possible_verifiers(matter, timezone.localdate()))


def _minutes_form(matter: Matter, data: Any, _files: Any) -> Form:
    people = query.possible_signers(matter, timezone.localdate())
    return forms.MinutesForm(data, rows=_rows(query.unminuted(matter)), people=people)


def _outcome_form(matter: Matter, data: Any, _files: Any) -> Form:
    words = dict(RESULTS)
    return forms.OutcomeForm(data, results=[(one, words[one]) for one in possible_results(matter)])


def _signing_form(matter: Matter, data: Any, _files: Any) -> Form:
    today = timezone.localdate()
    people, codes = query.possible_signers(matter, today), query.codes_of_receivers(matter, today)
    return forms.SigningForm(data, people=people, codes=", ".join(codes))


def _choice(make: type[forms.ChoiceForm], which: Callable[[Matter], Sequence[Any]]) -> MakeForm:
    return lambda matter, data, _files: make(data, rows=_rows(which(matter)))


def _rows(found: Sequence[Any]) -> list[tuple[int, str]]:
    return [(one.pk, str(one)) for one in found]


def _state(*states: MatterState) -> Callable[[Matter], bool]:
    return lambda matter: matter.state in states


S = MatterState
L = gettext_lazy
# In the order in which a settlement goes.
STEPS: dict[str, Step] = {
    "accept": Step(L("Thụ lý"), rules.may_accept, _plain, acts.take_up, is_next=_state(S.PROCESSING)),
    "resume": Step(
        L("Tiếp tục giải quyết"),
        rules.may_resume,
        _of(forms.ReasonForm),
        acts.go_on,
        is_next=_state(S.SUSPENDED),
    ),
    "assign_verification": Step(
        L("Giao xác minh"),
        rules.may_assign_verification,
        _verification_form,
        acts.give_verification,
        has=query.has_no_running_verification,
        is_next=query.waits_for_verification,
    ),
    "plan_verification": Step(
        L("Lập kế hoạch xác minh"),
        rules.may_verify,
        _of(forms.PlanForm),
        acts.write_plan,
        is_next=query.waits_for_plan,
    ),
    "add_evidence": Step(
        L("Thêm chứng cứ, biên bản"), rules.may_verify, _of(forms.EvidenceForm), acts.take_evidence
    ),
    "report_verification": Step(
        L("Báo cáo kết quả xác minh"),
        rules.may_report,
        _of(forms.ReportForm),
        acts.hand_in_report,
        is_next=query.waits_for_report,
    ),
    "call_dialogue": Step(
        L("Thông báo đối thoại"),
        rules.may_hold_dialogue,
        _of(forms.DialogueForm),
        acts.invite,
        is_next=query.waits_for_dialogue,
    ),
    "minute_dialogue": Step(
        L("Lập biên bản đối thoại"),
        rules.may_hold_dialogue,
        _minutes_form,
        acts.write_minutes,
        has=lambda matter: bool(query.unminuted(matter)),
        is_next=lambda matter: bool(query.unminuted(matter)),
    ),
    "draft_outcome": Step(
        L("Soạn dự thảo"),
        rules.may_draft_outcome,
        _outcome_form,
        acts.write_draft,
        has=query.may_still_be_drafted,
        is_next=query.waits_for_draft,
    ),
    "present_outcome": Step(
        L("Trình ký"),
        rules.may_draft_outcome,
        _signing_form,
        acts.hand_to_signer,
        has=query.has_draft,
        is_next=query.has_draft,
    ),
    "prepare_publication": Step(
        L("Soạn bản công khai"),
        rules.may_prepare_publication,
        _of(forms.NoticeForm),
        acts.redact,
        is_next=query.waits_for_publication,
    ),
    "approve_publication": Step(
        L("Duyệt công khai"),
        rules.may_approve_publication,
        _choice(forms.ChoiceForm, query.unapproved),
        acts.release,
        has=lambda matter: bool(query.unapproved(matter)),
        is_next=lambda matter: bool(query.unapproved(matter)),
    ),
    "prove_publication": Step(
        L("Ghi minh chứng công khai"),
        rules.may_prepare_publication,
        _choice(forms.ProofForm, query.unproven),
        acts.give_proof,
        has=lambda matter: bool(query.unproven(matter)),
        is_next=lambda matter: bool(query.unproven(matter)),
    ),
    "add_item": Step(
        L("Thêm việc phải thi hành"), rules.may_follow_execution, _of(forms.ExecutionForm), acts.list_item
    ),
    "note_execution": Step(
        L("Ghi kết quả thi hành"),
        rules.may_follow_execution,
        _choice(forms.ProgressForm, query.undone),
        acts.write_progress,
        has=lambda matter: bool(query.undone(matter)),
        is_next=lambda matter: bool(query.undone(matter)),
    ),
    "archive": Step(L("Lưu hồ sơ"), rules.may_archive, _plain, acts.close_file, is_next=query.may_be_closed),
    "note_fact": Step(
        L("Ghi tình tiết phức tạp, vùng sâu, vùng xa"), rules.may_weigh, _of(forms.FactForm), acts.put_fact
    ),
    "drop_fact": Step(
        L("Bỏ tình tiết"),
        rules.may_weigh,
        lambda matter, data, _files: forms.DropFactForm(data, kinds=list(deadlines.standing_facts(matter))),
        acts.take_fact_back,
        has=lambda matter: bool(deadlines.standing_facts(matter)),
    ),
    "note_second_filing": Step(
        L("Ghi là khiếu nại lần hai"), rules.may_note_second_filing, _of(forms.SecondForm), acts.tie_to_first
    ),
    "extend": Step(
        L("Gia hạn"),
        rules.may_extend,
        _of(forms.ReasonForm),
        acts.lengthen,
        has=lambda matter: matter.kind in deadlines.DENOUNCING,
    ),
    "suspend": Step(L("Tạm đình chỉ"), rules.may_suspend, _of(forms.SuspensionForm), acts.halt),
    "order_measure": Step(
        L("Áp dụng biện pháp khẩn cấp"), rules.may_order_measure, _of(forms.MeasureForm), acts.apply_measure
    ),
    "lift_measure": Step(
        L("Hủy bỏ biện pháp khẩn cấp"),
        rules.may_order_measure,
        _of(forms.ReasonForm),
        acts.end_measure,
        has=lambda matter: any(one.lifted_by_id is None for one in matter.measures.all()),
    ),
    "withdraw": Step(
        L("Ghi nhận rút đơn"),
        rules.may_note_withdrawal,
        _of(forms.WithdrawalForm),
        acts.take_withdrawal,
        has=query.is_open,
    ),
    "reopen": Step(
        L("Giải quyết lại do bị ép rút đơn"),
        rules.may_reopen,
        _of(forms.ReasonForm),
        acts.take_up_again,
        has=lambda matter: any(one.order_id for one in matter.withdrawals.all()),
    ),
}
# Their action reads more of the form than its cleaned values.
TAKES_FORM = frozenset({"assign_verification", "call_dialogue", "present_outcome"})

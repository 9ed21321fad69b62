"""What each step of a settlement does with its form, and the sentence that the person reads afterwards."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from complaints.actions.accept import accept
from complaints.actions.archive import archive
from complaints.actions.case_facts import drop_fact, note_fact
from complaints.actions.dialogue import call_dialogue, minute_dialogue
from complaints.actions.draft_outcome import OutcomeContent, draft_outcome
from complaints.actions.execute import Task, add_execution_item, note_execution
from complaints.actions.extend import extend
from complaints.actions.measure import lift_measure, order_measure
from complaints.actions.present_outcome import Signing, present_outcome
from complaints.actions.publish import Notice, approve_publication, prepare_publication, prove_publication
from complaints.actions.second_filing import NotASecond, note_second_filing
from complaints.actions.suspend import resume, suspend
from complaints.actions.verify import (
    Assignment,
    Piece,
    add_evidence,
    assign_verification,
    plan_verification,
    report,
)
from complaints.actions.withdraw import WithdrawalPaper, reopen, withdraw
from complaints.forms import settlement as forms
from complaints.models import Matter
from complaints.queries.settlement import first_settlement
from egov.organizations.actor import Actor


def take_up(actor: Actor, matter: Matter, _typed: Any, at: datetime) -> str:
    done = accept(actor, matter, at=at)
    return _("Đã thụ lý. Hạn giải quyết: %(day)s.") % {"day": f"{done.settle_due_on:%d/%m/%Y}"}


def put_fact(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    note_fact(actor, matter, **typed, at=at)
    return _("Đã ghi nhận tình tiết; thời hạn được tính lại.")


def take_fact_back(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    drop_fact(actor, matter, **typed, at=at)
    return _("Đã bỏ tình tiết; thời hạn được tính lại.")


def tie_to_first(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    first = first_settlement(typed["code"])
    if first is None:
        raise NotASecond(_("Không có khiếu nại lần đầu với mã này."))
    filing = note_second_filing(actor, matter, first_id=first.pk, good_reason=typed["good_reason"], at=at)
    if filing.bars:
        return _("Đã ghi khiếu nại lần hai, gửi sau thời hạn %(day)s: xem xét có lý do chính đáng không.") % {
            "day": f"{filing.filed_until:%d/%m/%Y}"
        }
    return _("Đã ghi khiếu nại lần hai.")


def lengthen(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    made = extend(actor, matter, **typed, at=at)
    return _("Đã gia hạn %(days)d ngày theo quyết định %(notation)s.") % {
        "days": made.days,
        "notation": made.order,
    }


def halt(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    made = suspend(actor, matter, **typed, at=at)
    return _("Đã tạm đình chỉ; còn lại %(days)d ngày.") % {"days": made.remaining_days}


def go_on(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    resume(actor, matter, **typed, at=at)
    return _("Đã tiếp tục giải quyết; thời hạn chạy tiếp số ngày còn lại.")


def give_verification(actor: Actor, matter: Matter, form: forms.VerificationForm, at: datetime) -> str:
    typed = form.cleaned_data
    task = Assignment(
        leader=typed["leader"], content=typed["content"], due_on=typed["due_on"], members=form.team()
    )
    made = assign_verification(actor, matter, task, at=at)
    return _("Đã giao xác minh theo quyết định %(notation)s.") % {"notation": made.order}


def write_plan(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    plan_verification(actor, matter, **typed, at=at)
    return _("Đã ghi kế hoạch xác minh.")


def take_evidence(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    file = typed.pop("file")
    piece = Piece(**typed, file=file.file if file else None, filename=file.name if file else "")
    add_evidence(actor, matter, piece, at=at)
    return _("Đã thêm vào hồ sơ xác minh.")


def hand_in_report(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    report(actor, matter, **typed, at=at)
    return _("Đã báo cáo kết quả xác minh.")


def invite(actor: Actor, matter: Matter, form: forms.DialogueForm, at: datetime) -> str:
    typed = form.cleaned_data
    call_dialogue(
        actor, matter, meets_at=form.meets_at(), place=typed["place"], content=typed["content"], at=at
    )
    return _("Đã ghi thông báo đối thoại.")


def write_minutes(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    minute_dialogue(actor, matter, dialogue_id=typed.pop("row"), **typed, at=at)
    return _("Đã lập biên bản đối thoại.")


def write_draft(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    draft_outcome(actor, matter, OutcomeContent(**typed), at=at)
    return _("Đã soạn dự thảo.")


def hand_to_signer(actor: Actor, matter: Matter, form: forms.SigningForm, at: datetime) -> str:
    typed = form.cleaned_data
    signing = Signing(
        signer=typed["signer"], capacity=typed["capacity"], recipient_codes=form.recipient_codes()
    )
    present_outcome(actor, matter, signing, at=at)
    return _("Đã trình ký. Khi văn bản được ban hành, đơn tự chuyển sang đã giải quyết.")


def apply_measure(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    order_measure(actor, matter, **typed, at=at)
    return _("Đã áp dụng biện pháp khẩn cấp.")


def end_measure(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    lift_measure(actor, matter, **typed, at=at)
    return _("Đã hủy bỏ biện pháp khẩn cấp.")


def take_withdrawal(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    made = withdraw(actor, matter, WithdrawalPaper(**typed), at=at)
    if made.order is not None:
        return _("Đã đình chỉ theo quyết định %(notation)s.") % {"notation": made.order}
    return _("Đã ghi nhận rút đơn; việc giải quyết tiếp tục.")


def take_up_again(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    reopen(actor, matter, forced_because=typed["reason"], at=at)
    return _("Đã giải quyết lại.")


def redact(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    prepare_publication(actor, matter, Notice(**typed), at=at)
    return _("Đã soạn bản công khai, chờ người khác duyệt.")


def release(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    approve_publication(actor, matter, publication_id=typed["row"], at=at)
    return _("Đã duyệt công khai.")


def give_proof(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    prove_publication(actor, matter, publication_id=typed["row"], proof=typed["proof"], at=at)
    return _("Đã ghi minh chứng công khai.")


def list_item(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    add_execution_item(actor, matter, Task(**typed), at=at)
    return _("Đã ghi việc phải thi hành.")


def write_progress(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    step = note_execution(actor, matter, item_id=typed.pop("row"), **typed, at=at)
    return _("Việc này đã thi hành xong.") if step.item.done_on else _("Đã ghi kết quả thi hành.")


def close_file(actor: Actor, matter: Matter, _typed: Any, at: datetime) -> str:
    archive(actor, matter, at=at)
    return _("Đã lưu hồ sơ.")

"""The result goes by public post: handed over only when there is proof that it arrived (rule 47)."""

from datetime import date, datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.return_result import NotPaidYet, OnTheWay, hand_over
from onestop.enums import CollectorCapacity, Delivery, DeliveryState, PaymentState
from onestop.models import Collection, Dossier, PostItem

WAYBILL_LENGTH, PERSON_LENGTH, REASON_LENGTH = 40, 200, 300


class PostingNotAcceptable(Refusal):
    """A fact of the posting is missing or cannot be right."""


class NotPosted(Refusal):
    """Nothing of this dossier is on its way by post."""


class ProofMissing(Refusal):
    """Without the signed delivery note nobody knows that it arrived."""


@action("onestop.post_result", allowed=rules.may_post_result)
def post_result(
    actor: Actor, dossier: Dossier, *, waybill: str, posted_on: date, address: str = "", at: datetime
) -> PostItem:
    """Note that the post took the result; the dossier stays finished and waits for the proof of delivery.

    :param address: where it goes, when not to the address that the applicant gave
    Raises PostingNotAcceptable, OnTheWay, NotPaidYet.
    """
    number = clean_line(waybill).upper()
    goes_to = clean_line(address) or dossier.delivery_address or dossier.submitter.address
    if dossier.delivery_state == DeliveryState.POSTED:
        raise OnTheWay(_("Kết quả của hồ sơ này đã giao bưu chính."))
    if dossier.payment_state == PaymentState.DUE:
        raise NotPaidYet(_("Hồ sơ còn khoản phí, lệ phí chưa nộp. Hãy thu trước khi gửi kết quả."))
    if not number or len(number) > WAYBILL_LENGTH:
        raise PostingNotAcceptable(_("Hãy ghi số hiệu bưu gửi (tối đa 40 ký tự)."))
    if PostItem.objects.filter(waybill=number).exists():
        raise PostingNotAcceptable(_("Số hiệu bưu gửi %(number)s đã được dùng.") % {"number": number})
    if not goes_to:
        raise PostingNotAcceptable(_("Hồ sơ chưa có địa chỉ nhận kết quả; hãy ghi địa chỉ."))
    assert dossier.finished_at is not None  # noqa: S101  (the rule let only finished dossiers in)
    _require_between(posted_on, timezone.localdate(dossier.finished_at), at)
    dossier.delivery_state = DeliveryState.POSTED
    dossier.save(update_fields=["delivery_state"])
    return PostItem.objects.create(
        dossier=dossier,
        waybill=number,
        recipient=dossier.submitter.name,
        address=goes_to[:300],
        posted_on=posted_on,
        posted_by=actor.membership,
    )


@action("onestop.prove_delivery", allowed=rules.may_prove_delivery)
def prove_delivery(
    actor: Actor,
    dossier: Dossier,
    *,
    delivered_on: date,
    received_by: str,
    proof: IO[bytes],
    proof_name: str,
    at: datetime,
) -> Collection:
    """The signed delivery note came back: the result is handed over (status 10).

    Raises NotPosted, ProofMissing, PostingNotAcceptable and every refusal of an uploaded file.
    """
    item = _under_way(dossier)
    name = clean_line(received_by)[:PERSON_LENGTH]
    if not name:
        raise ProofMissing(_("Hãy ghi họ tên người đã ký nhận trên giấy báo phát."))
    _require_between(delivered_on, item.posted_on, at)
    inspected = inspect_attachment(proof, proof_name)
    item.proof = put(proof, media_type=inspected.media_type)
    item.delivered_on, item.received_by = delivered_on, name
    item.save(update_fields=["proof", "delivered_on", "received_by"])
    # The post knows who signed for it, not whether that is the owner or somebody of the household.
    is_owner = name.casefold() == dossier.owner.name.casefold()
    return hand_over(
        actor,
        dossier,
        at=at,
        way=Delivery.POST,
        capacity=CollectorCapacity.OWNER if is_owner else CollectorCapacity.AUTHORISED,
        name=name,
        number="",
        authorisation=""
        if is_owner
        else _("Giấy báo phát của bưu gửi %(number)s") % {"number": item.waybill},
        given_by=actor,
    )


@action("onestop.note_sent_back", allowed=rules.may_note_sent_back)
def note_sent_back(
    actor: Actor,  # noqa: ARG001
    dossier: Dossier,
    *,
    on: date,
    reason: str,
    at: datetime,
) -> PostItem:
    """The post could not deliver it: the result is at the counter again, to be fetched or sent anew.

    Raises NotPosted, PostingNotAcceptable.
    """
    item = _under_way(dossier)
    words = clean_line(reason)[:REASON_LENGTH]
    if not words:
        raise PostingNotAcceptable(_("Hãy ghi lý do bưu chính chuyển hoàn."))
    _require_between(on, item.posted_on, at)
    item.sent_back_on, item.sent_back_reason = on, words
    item.save(update_fields=["sent_back_on", "sent_back_reason"])
    dossier.delivery_state = DeliveryState.SENT_BACK
    dossier.save(update_fields=["delivery_state"])
    return item


def _under_way(dossier: Dossier) -> PostItem:
    item = PostItem.objects.select_for_update(of=("self",)).filter(
        dossier=dossier, delivered_on=None, sent_back_on=None
    )
    found = item.first()
    if found is None:
        raise NotPosted(_("Hồ sơ này không có bưu gửi nào đang chuyển."))
    return found


def _require_between(day: date, earliest: date, at: datetime) -> None:
    if not earliest <= day <= timezone.localdate(at):
        raise PostingNotAcceptable(
            _("Ngày phải từ %(earliest)s đến hôm nay.") % {"earliest": f"{earliest:%d/%m/%Y}"}
        )

"""Hand the result over: at the counter to a person whose identity was checked, or electronically (status 10).

By post see ``post_result.py``: there the dossier waits for the proof of delivery.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.times import note_times
from onestop.enums import (
    ClockEventKind,
    CollectorCapacity,
    Delivery,
    DeliveryState,
    DossierState,
    PaymentState,
)
from onestop.models import Collection, Dossier, StoredPaper
from onestop.rules.identity import masked

NAME_LENGTH, AUTHORISATION_LENGTH, NUMBER_LENGTH = 200, 300, 14


class CollectorNotEntitled(Refusal):
    """The person is neither owner nor submitter, and holds no authorisation."""


class NotPaidYet(Refusal):
    """The fee is due before the result is given out."""


class OnTheWay(Refusal):
    """The post has the result."""


class NoElectronicResult(Refusal):
    """There is no file that could be given electronically."""


@dataclass(frozen=True, kw_only=True)
class Collector:
    """Who stands at the counter, as their identity paper says.

    ``number`` is what the paper says; ``authorisation`` names the written authority of anybody who is neither
    owner nor submitter (number, day, who certified it).
    """

    name: str
    number: str
    authorisation: str = ""


@action("onestop.return_result", allowed=rules.may_return_result)
def return_result(actor: Actor, dossier: Dossier, collector: Collector, *, at: datetime) -> Collection:
    """Give the result to the person at the counter, and write the receipt that they sign.

    Raises CollectorNotEntitled, NotPaidYet, OnTheWay.
    """
    if dossier.delivery_state == DeliveryState.POSTED:
        raise OnTheWay(_("Kết quả đã giao bưu chính; hãy chờ xác nhận phát hoặc chuyển hoàn."))
    name, number = clean_line(collector.name), identity_number(collector.number)
    if not name:
        raise CollectorNotEntitled(_("Hãy ghi họ tên người nhận theo giấy tờ tùy thân."))
    capacity = capacity_of(dossier, number)
    authorisation = clean_line(collector.authorisation)[:AUTHORISATION_LENGTH]
    if capacity is None:
        _require_authorised(dossier, number, authorisation)
        capacity = CollectorCapacity.AUTHORISED
    return hand_over(
        actor,
        dossier,
        at=at,
        way=Delivery.COUNTER,
        capacity=capacity,
        name=name,
        number=number,
        authorisation=authorisation if capacity == CollectorCapacity.AUTHORISED else "",
        given_by=actor,
    )


@action("onestop.return_online", allowed=rules.may_return_online)
def return_online(actor: Actor, dossier: Dossier, *, at: datetime) -> Collection:
    """Give the result electronically to the owner, who asked for it so; every result must be a file.

    Raises NoElectronicResult, NotPaidYet.
    """
    if dossier.delivery != Delivery.ONLINE:
        raise NoElectronicResult(_("Người nộp không đăng ký nhận kết quả điện tử."))
    valid = dossier.results.filter(validity=StoredPaper.Validity.VALID)
    if not valid.exists() or valid.filter(file=None).exists():
        raise NoElectronicResult(
            _("Hồ sơ có kết quả không ở dạng tệp nên phải trả tại quầy hoặc qua bưu chính.")
        )
    return hand_over(
        actor,
        dossier,
        at=at,
        way=Delivery.ONLINE,
        capacity=CollectorCapacity.OWNER,
        name=dossier.owner.name,
        number=dossier.owner.personal_number or dossier.owner.tax_code,
        given_by=actor,
    )


def hand_over(
    by: Performer,
    dossier: Dossier,
    *,
    at: datetime,
    way: Delivery,
    capacity: CollectorCapacity,
    name: str,
    number: str,
    authorisation: str = "",
    given_by: Actor | None = None,
) -> Collection:
    """Write the receipt and close the dossier; inside an action that holds its lock. Raises NotPaidYet."""
    if dossier.payment_state == PaymentState.DUE:
        raise NotPaidYet(_("Hồ sơ còn khoản phí, lệ phí chưa nộp. Hãy thu trước khi trả kết quả."))
    note_times(dossier, ClockEventKind.RETURNED, by=by, at=at, returned_at=at)
    dossier.delivery_state = DeliveryState.DELIVERED
    dossier.holder = None
    dossier.save(update_fields=["delivery_state", "holder"])
    move(dossier, to=DossierState.RETURNED, by=by, at=at)
    return Collection.objects.create(
        dossier=dossier,
        way=way,
        capacity=capacity,
        name=name[:NAME_LENGTH],
        masked_number=masked(number)[:NUMBER_LENGTH],
        authorisation=authorisation,
        at=at,
        given_by=given_by.membership if given_by else None,
    )


def capacity_of(dossier: Dossier, number: str) -> CollectorCapacity | None:
    """Whose number it is: the owner's, the submitter's, or neither's."""
    if not number:
        return None
    if number == dossier.owner.personal_number:
        return CollectorCapacity.OWNER
    if number == dossier.submitter.personal_number:
        return CollectorCapacity.SUBMITTER
    return None


def identity_number(number: str) -> str:
    """The number on an identity card: its first field where a scanner types the whole QR code."""
    return "".join(letter for letter in number.split("|", 1)[0] if letter.isascii() and letter.isalnum())


def _require_authorised(dossier: Dossier, number: str, authorisation: str) -> None:
    if not number:
        raise CollectorNotEntitled(_("Hãy ghi số giấy tờ tùy thân của người nhận."))
    if not authorisation:
        raise CollectorNotEntitled(
            _(
                "Số giấy tờ không phải của chủ hồ sơ hay người nộp. Người nhận thay cần giấy ủy quyền; "
                "hãy ghi số, ngày và nơi chứng thực của giấy đó."
            )
        )
    if not dossier.version.representative_allowed:
        raise CollectorNotEntitled(_("Thủ tục này không cho phép ủy quyền: chủ hồ sơ phải tự nhận kết quả."))

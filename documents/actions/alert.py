"""Alerts: what should have been sent or presented by now and was not (rules 12 and 19)."""

from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.enums import DeliveryState, Urgency
from documents.models import Delivery, Document
from documents.queries.outgoing import overdue_to_issue, working_day_before
from egov.notifications.models import Notification
from egov.notifications.send import Message, ToRole, tell_roles
from egov.organizations.enums import Role

M = TypeVar("M", bound=Model)
NOT_SENT, NOT_PRESENTED = "documents.not_sent", "documents.not_presented"
# One run tells of at most so many; the next one, minutes later, goes on.
AT_ONCE = 2_000
NOT_YET_PRESENTED = (DeliveryState.ARRIVED, DeliveryState.REGISTERED)


def raise_alerts(at: datetime) -> int:
    """Tell each registry, once a day, of every document that is late; return how many were told of."""
    on = timezone.localdate(at)
    with override("vi"):
        told = [_not_sent(document, on) for document in _untold(overdue_to_issue(on), NOT_SENT, on)]
        told += [_not_presented(one, on) for one in _untold(overdue_to_present(on), NOT_PRESENTED, on)]
    tell_roles(told)
    return len(told)


def overdue_to_present(on: date) -> QuerySet[Delivery]:
    """Rule 19, in every agency: arrived and not presented by the end of the next working day; urgent at once.

    The next working day after arrival is over when a whole working day lies between arrival and ``on``.
    """
    late = Q(arrived_at__date__lt=working_day_before(on))
    urgent = Q(document__urgency__gt=Urgency.NORMAL)
    waiting = Delivery.objects.filter(late | urgent, state__in=NOT_YET_PRESENTED)
    return waiting.select_related("document").order_by("-document__urgency", "arrived_at")


def _untold(rows: QuerySet[M], event: str, on: date) -> QuerySet[M]:
    """Those of which nobody was told today."""
    told = Notification.objects.filter(event=event, subject_id=OuterRef("pk"), key__contains=f".{on}:")
    return rows.exclude(Exists(told))[:AT_ONCE]


def _not_sent(document: Document, on: date) -> ToRole:
    assert document.agency_id is not None  # noqa: S101  (only paper from outside has none, and that is not signed)
    text = (
        _("Văn bản đã ký nhưng chưa phát hành")
        if not document.urgency
        else _("Văn bản khẩn đã ký, phát hành ngay")
    )
    return ToRole(
        document.agency_id,
        Role.REGISTRY,
        Message(
            event=NOT_SENT,
            text=f"{text}: {document.notation or document.kind.name} – {document.abstract}",
            key=f"{document.pk}.{on}",
            about=document,
        ),
    )


def _not_presented(delivery: Delivery, on: date) -> ToRole:
    document = delivery.document
    text = _("Văn bản đến quá hạn trình") if not document.urgency else _("Văn bản khẩn đến, trình ngay")
    return ToRole(
        delivery.agency_id,
        Role.REGISTRY,
        Message(
            event=NOT_PRESENTED,
            text=f"{text}: {document.notation} – {document.abstract}",
            key=f"{delivery.pk}.{on}",
            about=delivery,
        ),
    )

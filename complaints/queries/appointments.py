"""Requests to meet the leader and promises to visitors, as one may see them."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from complaints.enums import AppointmentState, PromiseState
from complaints.models import Appointment, Promise, ReceptionDay
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import Refusal


class NotFound(Refusal):
    """There is no such thing, or not for this reader."""

    status = 404


def appointments(actor: Actor | SignedOut) -> QuerySet[Appointment]:
    """Every one that the actor may read, with how many changes are still to be told."""
    return (
        Appointment.objects.visible_to(actor)
        .select_related("agency", "day__host__user", "letter", "visit")
        .annotate(untold=Count("notices", filter=Q(notices__told_at=None)))
    )


def read_appointment(actor: Actor | SignedOut, pk: int) -> Appointment:
    """One of them; the read is on record. Raises NotFound."""
    appointment = appointments(actor).filter(pk=pk).first()
    if appointment is None:
        raise NotFound(_("Không tìm thấy phiếu hẹn này."))
    record(actor, "complaints.read_appointment", appointment, role=getattr(actor, "role", ""))
    return appointment


def waiting_appointments(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Those that wait for an answer."""
    return rows.filter(state=AppointmentState.ASKED)


def promises(actor: Actor | SignedOut) -> QuerySet[Promise]:
    """Every promise that the actor may read."""
    return Promise.objects.visible_to(actor).select_related(
        "visit__agency", "visit__host__user", "keeper__user"
    )


def open_promises(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    """Those that are not kept, however late."""
    return rows.exclude(state=PromiseState.KEPT)


def read_promise(actor: Actor | SignedOut, pk: int) -> Promise:
    """One of them. Raises NotFound."""
    promise = promises(actor).filter(pk=pk).first()
    if promise is None:
        raise NotFound(_("Không tìm thấy việc đã hứa này."))
    record(actor, "complaints.read_promise", promise, role=getattr(actor, "role", ""))
    return promise


def own_day(actor: Actor | SignedOut, pk: int) -> ReceptionDay:
    """A day of the actor's agency. Raises NotFound."""
    day = (
        ReceptionDay.objects.filter(pk=pk, agency=actor.agency_id)
        .select_related("agency", "host__user")
        .first()
        if isinstance(actor, Actor)
        else None
    )
    if day is None:
        raise NotFound(_("Không tìm thấy ngày tiếp này."))
    return day

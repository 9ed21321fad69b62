"""Inquiries: the agency that sorts them, its people, the terms, and one inquiry at any step."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency
from portal.actions.inquiry import (
    Written,
    answer_inquiry,
    assign_inquiry,
    propose_inquiry,
    submit_inquiry,
)
from portal.enums import InquiryKind, InquiryTask
from portal.models import Inquiry, InquiryTerm
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

VISITOR = SignedOut(address="127.0.0.1")


@dataclass(frozen=True)
class InquiryOffice:
    """The coordinator's editor and head, and a specialist of the agency that answers."""

    coordinator: Agency
    answering: Agency
    editor: Actor
    head: Actor
    answerer: Actor
    outsider: Actor


def make_inquiry_office(settings: Any) -> InquiryOffice:
    """Two agencies below a province, one of them the coordinator; the terms in force."""
    province = AgencyFactory(province=True)
    coordinator = AgencyFactory(department=True, parent=province, name="Văn phòng Ủy ban nhân dân tỉnh")
    answering = AgencyFactory(department=True, parent=province, name="Sở Tư pháp")
    other = AgencyFactory(department=True, parent=province)
    settings.INQUIRY_COORDINATOR = coordinator.code
    for kind in InquiryKind:
        for task, amount in ((InquiryTask.ASSIGN, 5), (InquiryTask.ANSWER, 15)):
            InquiryTerm.objects.get_or_create(
                kind=kind,
                task=task,
                valid_from=date(2008, 3, 4),
                defaults={"amount": amount, "unit": "working_days", "basis": "Nghị định 20/2008/NĐ-CP"},
            )
    return InquiryOffice(
        coordinator,
        answering,
        editor=actor_for(MembershipFactory(agency=coordinator, specialist=True)),
        head=actor_for(MembershipFactory(agency=coordinator, office_head=True)),
        answerer=actor_for(MembershipFactory(agency=answering, specialist=True)),
        outsider=actor_for(MembershipFactory(agency=other, office_head=True)),
    )


def written(**changes: Any) -> Written:
    """A harmless question."""
    values: dict[str, Any] = {
        "kind": InquiryKind.QUESTION,
        "subject": "Đăng ký khai sinh cho con sinh ở tỉnh khác",
        "text": "Con tôi sinh ở Hà Nội, tôi thường trú ở Thái Bình thì đăng ký khai sinh ở đâu?",
        "author_name": "Phạm Thị Em",
        "may_publish": True,
    }
    return Written(**(values | changes))


def sent(at: datetime, **changes: Any) -> Inquiry:
    """One that has just come in."""
    return submit_inquiry(VISITOR, None, written(**changes), at=at)


def answered(office: InquiryOffice, at: datetime, **changes: Any) -> Inquiry:
    """One that has its answer."""
    inquiry = sent(at, **changes)
    assign_inquiry(office.editor, inquiry, agency=office.answering, at=at)
    answer_inquiry(office.answerer, inquiry, answer="Tại xã nơi cư trú của cha hoặc mẹ.", at=at)
    inquiry.refresh_from_db()
    return inquiry


def proposed(office: InquiryOffice, at: datetime, **changes: Any) -> Inquiry:
    """One that waits for the approver."""
    inquiry = answered(office, at, **changes)
    propose_inquiry(
        office.editor,
        inquiry,
        subject=inquiry.subject,
        text="Con sinh ở Hà Nội, cha mẹ thường trú ở Thái Bình thì đăng ký khai sinh ở đâu?",
        answer=inquiry.answer,
        at=at,
    )
    inquiry.refresh_from_db()
    return inquiry

"""What becomes of an inquiry; four eyes before anybody reads it, and a copy after it is taken down."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from egov.audit.models import AuditEvent
from egov.workflow.refusal import NotFollowing, NotPermitted
from portal.actions import inquiry as actions
from portal.actions.contacts import NOT_SENT
from portal.actions.tell_author import tell_author
from portal.enums import FindableKind, InquiryKind, InquiryState
from portal.models import Inquiry, InquiryPublication
from portal.queries import inquiries as query
from portal.queries.finding import find
from tests.conftest import MONDAY_MORNING
from tests.factories.inquiries import (
    VISITOR,
    InquiryOffice,
    answered,
    make_inquiry_office,
    proposed,
    sent,
    written,
)
from tests.support.parallel import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT = MONDAY_MORNING


@pytest.fixture
def office(settings) -> InquiryOffice:
    return make_inquiry_office(settings)


def test_it_gets_number_secret_and_terms_in_working_days(office: InquiryOffice):
    first, second = sent(AT), sent(AT)
    assert (first.code, second.code) == ("HD-2025-000001", "HD-2025-000002")
    assert len(first.secret) == 8
    assert first.secret != second.secret
    assert first.assign_by.astimezone(AT.tzinfo).date().isoformat() == "2025-09-22"
    assert first.due_on.isoformat() == "2025-10-06"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers(office: InquiryOffice):
    at_once(sent, [AT, AT])
    assert sorted(Inquiry.objects.values_list("code", flat=True)) == ["HD-2025-000001", "HD-2025-000002"]


@pytest.mark.rule("onestop", 56)
def test_an_accusation_is_not_taken_before_its_author_knows_the_protected_path(office: InquiryOffice):
    with pytest.raises(actions.TellsOfWrongdoing):
        sent(AT, kind=InquiryKind.REPORT, text="Ông cán bộ địa chính vòi tiền của dân")
    assert not Inquiry.objects.exists()


@pytest.mark.rule("onestop", 56)
def test_a_confirmed_accusation_is_worked_on_and_never_published(office: InquiryOffice):
    inquiry = answered(
        office,
        AT,
        kind=InquiryKind.REPORT,
        text="Ông cán bộ địa chính vòi tiền của dân",
        wrongdoing_confirmed=True,
    )
    assert (inquiry.names_wrongdoing, inquiry.may_publish) == (True, False)
    with pytest.raises(NotPermitted, match="vi phạm"):
        actions.propose_inquiry(office.editor, inquiry, subject="a", text="b", answer="c", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(state=InquiryState.PUBLISHED)
    assert not query.published(*InquiryKind).exists()


def test_without_consent_nothing_is_published(office: InquiryOffice):
    inquiry = answered(office, AT, may_publish=False)
    with pytest.raises(NotPermitted, match="không đồng ý"):
        actions.propose_inquiry(office.editor, inquiry, subject="a", text="b", answer="c", at=AT)


@pytest.mark.rule("onestop", 51)
def test_a_question_passes_editor_and_approver_who_are_two(office: InquiryOffice):
    inquiry = answered(office, AT)
    with pytest.raises(NotFollowing):
        actions.publish_inquiry(office.head, inquiry, at=AT)
    actions.propose_inquiry(office.head, inquiry, subject="a", text="b", answer="c", at=AT)
    inquiry.refresh_from_db()
    with pytest.raises(NotPermitted, match="không tự duyệt"):
        actions.publish_inquiry(office.head, inquiry, at=AT)
    assert not query.published(*InquiryKind).exists()


@pytest.mark.rule("onestop", 51)
def test_the_database_refuses_one_pair_of_eyes(office: InquiryOffice):
    inquiry = proposed(office, AT)
    shown = actions.publish_inquiry(office.head, inquiry, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        InquiryPublication.objects.create(
            inquiry=sent(AT),
            kind="question",
            subject="a",
            text="b",
            answer="c",
            answered_by="d",
            asked_on=AT.date(),
            answered_on=AT.date(),
            published_at=AT,
            proposed_by=shown.published_by,
            published_by=shown.published_by,
        )


@pytest.mark.rule("onestop", 51)
def test_withdrawing_keeps_the_copy_with_who_and_why(office: InquiryOffice):
    inquiry = proposed(office, AT)
    actions.publish_inquiry(office.head, inquiry, at=AT)
    assert query.published(InquiryKind.QUESTION).count() == 1
    with pytest.raises(actions.InquiryIncomplete, match="lý do"):
        actions.withdraw_inquiry(office.head, inquiry, reason=" ", at=AT)
    actions.withdraw_inquiry(office.head, inquiry, reason="Quy định đã thay đổi", at=AT + timedelta(days=1))
    assert not query.published(*InquiryKind).exists()
    copy = InquiryPublication.objects.get()
    assert (copy.reason, copy.withdrawn_by, copy.answer) == (
        "Quy định đã thay đổi",
        office.head.membership,
        "Tại xã nơi cư trú của cha hoặc mẹ.",
    )
    assert AuditEvent.objects.filter(action="portal.withdraw_inquiry").exists()
    for change in ({"answer": "khác"}, {"reason": "khác"}):
        with pytest.raises(InternalError), transaction.atomic():
            InquiryPublication.objects.update(**change)


def test_personal_data_stops_publication(office: InquiryOffice):
    inquiry = answered(office, AT)
    with pytest.raises(actions.PersonalDataFound, match="0912345678"):
        actions.propose_inquiry(office.editor, inquiry, subject="a", text="Gọi 0912345678", answer="c", at=AT)


def test_the_wrong_agency_passes_it_back_and_the_term_stays(office: InquiryOffice):
    inquiry = sent(AT)
    actions.assign_inquiry(office.editor, inquiry, agency=office.coordinator, at=AT)
    actions.assign_inquiry(office.editor, inquiry, agency=office.answering, at=AT + timedelta(days=3))
    inquiry.refresh_from_db()
    assert inquiry.due_on.isoformat() == "2025-10-06"
    assert inquiry.changes.count() == 3


@pytest.mark.parametrize("verb", ["assign", "close", "answer", "propose", "publish", "send_back", "withdraw"])
def test_an_outsider_does_nothing(office: InquiryOffice, verb: str):
    inquiry = proposed(office, AT)
    keywords = {
        "assign": {"agency": office.answering},
        "close": {"reason": "x"},
        "answer": {"answer": "x"},
        "propose": {"subject": "a", "text": "b", "answer": "c"},
        "publish": {},
        "send_back": {"reason": "x"},
        "withdraw": {"reason": "x"},
    }[verb]
    for stranger in (office.outsider, VISITOR):
        with pytest.raises(NotPermitted):
            getattr(actions, f"{verb}_inquiry")(stranger, inquiry, at=AT, **keywords)


@pytest.mark.parametrize(
    "change", [{"subject": " "}, {"text": ""}, {"author_name": ""}, {"text": "x" * 5001}]
)
def test_what_is_missing_or_too_long_is_refused_in_words(office: InquiryOffice, change: dict):
    with pytest.raises(actions.InquiryIncomplete):
        sent(AT, **change)


def test_nobody_to_sort_or_no_term_takes_nothing(office: InquiryOffice, settings):
    settings.INQUIRY_COORDINATOR = "H00"
    with pytest.raises(actions.NobodySorts):
        sent(AT)
    settings.INQUIRY_COORDINATOR = office.coordinator.code
    with pytest.raises(actions.TermMissing):
        actions.submit_inquiry(VISITOR, None, written(), at=AT.replace(year=2007))
    assert not Inquiry.objects.exists()


def test_a_published_answer_is_found_until_it_is_withdrawn(office: InquiryOffice):
    inquiry = proposed(office, AT)
    shown = actions.publish_inquiry(office.head, inquiry, at=AT)
    found = find(shown.subject, language="vi", kinds=[FindableKind.QUESTION])
    assert [hit.url for hit in found.hits] == [f"/questions/{shown.pk}/"]
    inquiry.refresh_from_db()
    actions.withdraw_inquiry(office.head, inquiry, reason="Đã lỗi thời", at=AT)
    assert find(shown.subject, language="vi", kinds=[FindableKind.QUESTION]).hits == ()


def test_who_left_an_address_is_told_of_the_answer_and_nobody_else_learns_of_what(
    office: InquiryOffice, mailbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as silent:
        answered(office, AT)
    with django_capture_on_commit_callbacks() as heard:
        told = answered(office, AT, author_email="em@congdan.example", subject="Ly hôn và họ của con")
    assert (len(silent), len(heard)) == (0, 1), "a message is sent after commit, where there is an address"
    tell_author(told.pk)
    (mail,) = mailbox.messages
    assert mailbox.recipients == [["em@congdan.example"]]
    words = f"{mail['Subject']} {mail.get_content()}"
    assert told.code in words
    assert "/inquiries/follow/" in words
    personal = (told.author_name, told.subject, told.text, told.answer, told.secret)
    assert [one for one in personal if one in words] == []


def test_the_reason_for_closing_stays_on_its_page(office: InquiryOffice, mailbox):
    inquiry = sent(AT, author_email="em@congdan.example")
    actions.close_inquiry(office.editor, inquiry, reason="Trùng với câu hỏi trước.", at=AT)
    tell_author(inquiry.pk)
    (mail,) = mailbox.messages
    assert "không xử lý tiếp" in mail.get_content()
    assert "Trùng" not in mail.get_content()


def test_a_mail_server_that_is_away_is_asked_again(office: InquiryOffice, mailbox):
    inquiry = answered(office, AT, author_email="em@congdan.example")
    mailbox.refusals.append("451 later")
    with pytest.raises(NOT_SENT):
        tell_author(inquiry.pk)
    tell_author(inquiry.pk)
    assert len(mailbox.messages) == 1

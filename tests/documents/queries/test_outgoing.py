"""What waits for whom, and what is late."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from documents.enums import DocumentState, Urgency
from documents.models import Document
from documents.queries.outgoing import (
    drafts,
    outgoing,
    overdue_to_issue,
    steps,
    waiting_at_registry,
    waiting_for_signature,
)
from egov.workdays.models import Holiday
from tests.factories.cast import Cast
from tests.factories.documents import DocumentFactory
from tests.factories.organizations import MembershipFactory, actor_for

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2025, 9, 19, 16, 0, tzinfo=VIETNAM)


def signed(cast: Cast, *, at: datetime = FRIDAY, **facts: object) -> Document:
    return DocumentFactory(
        drafter=cast.an.membership,
        state=DocumentState.SIGNED,
        signed_at=at,
        signer=cast.binh.membership,
        **facts,
    )


@pytest.mark.rule("documents", 12)
class TestOverdue:
    def test_only_after_the_next_working_day_is_over(self, cast: Cast):
        document = signed(cast)
        days = [date(2025, 9, 19) + timedelta(days=n) for n in range(6)]
        late = [day for day in days if document in overdue_to_issue(day)]
        assert late == [date(2025, 9, 23), date(2025, 9, 24)]

    def test_a_holiday_is_no_working_day(self, cast: Cast):
        Holiday.objects.update_or_create(
            day=date(2025, 9, 22), defaults={"kind": Holiday.Kind.CLOSED, "name": "Nghỉ bù", "source": "Thử"}
        )
        document = signed(cast)
        assert document not in overdue_to_issue(date(2025, 9, 23))
        assert document in overdue_to_issue(date(2025, 9, 24))

    @pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.VERY_URGENT, Urgency.EXPRESS])
    def test_an_urgent_one_is_late_at_once(self, cast: Cast, urgency: Urgency):
        assert signed(cast, urgency=urgency) in overdue_to_issue(FRIDAY.date())

    @pytest.mark.parametrize("state", DocumentState)
    def test_only_between_signing_and_issuing(self, cast: Cast, state: DocumentState):
        document = signed(cast)
        Document.objects.filter(pk=document.pk).update(
            state=state if state != DocumentState.ISSUED else DocumentState.DRAFT
        )
        waiting = {DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED}
        assert (document in overdue_to_issue(date(2025, 10, 1))) == (state in waiting)

    def test_the_day_of_signing_is_that_of_viet_nam(self, cast: Cast):
        """17:30 UTC on Thursday is Friday in Viet Nam."""
        document = signed(cast, at=datetime(2025, 9, 18, 17, 30, tzinfo=ZoneInfo("UTC")))
        assert document not in overdue_to_issue(date(2025, 9, 22))
        assert document in overdue_to_issue(date(2025, 9, 23))


class TestWaiting:
    def test_for_my_signature_urgent_first(self, cast: Cast):
        facts = {
            "drafter": cast.an.membership,
            "signer": cast.binh.membership,
            "state": DocumentState.SUBMITTED,
        }
        ordinary, express = DocumentFactory(**facts), DocumentFactory(express=True, **facts)
        assert list(waiting_for_signature(cast.binh)) == [express, ordinary]
        assert list(waiting_for_signature(cast.an)) == []

    def test_at_the_registry_of_that_agency_only(self, cast: Cast):
        document = signed(cast)
        assert list(waiting_at_registry(cast.an, DocumentState.SIGNED)) == [document]
        for other in (cast.binh, cast.chi, cast.dung, cast.em):
            assert list(waiting_at_registry(other, DocumentState.SIGNED)) == []

    def test_my_drafts(self, cast: Cast):
        mine = DocumentFactory(drafter=cast.an.membership)
        colleague = MembershipFactory(agency=cast.an.agency)
        DocumentFactory(drafter=colleague)
        assert list(drafts(cast.an)) == [mine]

    @pytest.mark.rule("documents", 32)
    def test_the_list_is_that_of_the_agency_by_role(self, cast: Cast):
        document = signed(cast)
        assert list(outgoing(cast.an)) == list(outgoing(cast.binh)) == [document]
        specialist = actor_for(MembershipFactory(agency=cast.an.agency))
        for other in (specialist, cast.chi, cast.dung, cast.em):
            assert list(outgoing(other)) == []

    def test_the_list_costs_the_same_for_one_and_for_thirty(self, cast: Cast, django_assert_num_queries):
        for count in (1, 29):
            for _ in range(count):
                signed(cast)
            with django_assert_num_queries(1):
                for document in outgoing(cast.an):
                    assert document.kind.name
                    assert document.drafter.user.full_name
                    assert document.signer.user.full_name


def test_steps_say_what_is_next_and_why_not_the_rest(cast: Cast):
    document = signed(cast)
    taken = {name for name, verdict in steps(cast.an, document).items() if verdict}
    assert taken == {"number", "return_to_drafter"}
    reasons = {name: str(verdict.reason) for name, verdict in steps(cast.dung, document).items()}
    assert all(reasons.values())

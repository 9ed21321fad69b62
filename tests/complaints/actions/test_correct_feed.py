"""What the national database rejects is corrected, and nobody who denounces is on the line (rule 51)."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from complaints.actions.correct_feed import ContentNotAcceptable, correct_feed
from complaints.actions.enter import enter
from complaints.actions.move_to_protected import move_to_protected
from complaints.actions.resend_feed import resend_feed
from complaints.actions.tell_feed import sweep_feed
from complaints.enums import DutyKind, FeedGround, MatterKind, MatterState
from complaints.exchange.national_feed import content as told
from complaints.models import FeedEntry, FeedRecord, Matter
from complaints.models.feed_sql import GUARDED_FIELDS
from egov.exchange.lease import DELAYS
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.entries import content, entry
from tests.factories.feed import WHO, entered, go, land, queued, tell
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, UnitFactory
from tests.factories.sealing import make_sealed_office
from tests.factories.visits import heard, make_desk
from tests.support.letter_database import UNKNOWN_FIELD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "national"),
    pytest.mark.rule("complaints", 51),
]
S = MatterState


@pytest.fixture
def clerk():
    return appointed(AgencyFactory(), DutyKind.INTAKE, DutyKind.RECEPTION)


@pytest.fixture
def matter(clerk) -> Matter:
    return entered(clerk)


class TestCorrected:
    """What was rejected stops its record until somebody has corrected it; a correction names nobody."""

    @pytest.fixture
    def rejected(self, national, matter) -> FeedEntry:
        national.control("set", {"catalogue": ["admin.staff"]})
        go(matter, S.PROCESSING)
        assert tell(matter) == 0
        return matter.feed_record.entries.order_by("sequence").first()

    def test_rejected_visible_corrected_replayed_in_order(self, national, clerk, matter, rejected):
        assert (rejected.state, rejected.answer) == ("rejected", f"HTTP 422: {UNKNOWN_FIELD}")
        assert (tell(matter, NOW + timedelta(days=1)), sweep_feed(NOW + timedelta(days=1))) == (0, 0)
        corrected = correct_feed(clerk, rejected, {"field": "admin.staff"}, ground=FeedGround.CODE, at=NOW)
        assert (corrected.revision, corrected.corrected_by) == (2, clerk.membership)
        Matter.objects.update(field=None)
        assert tell(matter) == 2
        assert queued(matter) == [
            (1, 1, "entered", "corrected"),
            (1, 2, "entered", "sent"),
            (2, 1, "processing", "sent"),
        ]
        assert national.books["taken"] == [
            [matter.feed_record.reference, 2, 1],
            [matter.feed_record.reference, 1, 2],
        ]
        rejected.refresh_from_db()
        assert (rejected.content["field"], UNKNOWN_FIELD in rejected.answer) == ("admin.land", True)

    @pytest.mark.parametrize(
        "corrections",
        [
            {"field": WHO.name},
            {"commune": WHO.address},
            {"kind": WHO.name},
            {"people": WHO.name},
            {"received_on": WHO.phone},
            {"sender_kind": WHO.name},
            {"name": WHO.name},
            {"summary": WHO.name},
            {"reference": "KHUAT-THI-HUYEN-TRAM"},
            {"case": "KHUAT-THI-HUYEN-TRAM"},
            {"agency": WHO.name},
            {"state": "settled"},
        ],
    )
    def test_nobody_types_an_identity_into_it(self, clerk, rejected, corrections):
        with pytest.raises(ContentNotAcceptable):
            correct_feed(clerk, rejected, corrections, ground=FeedGround.CODE, at=NOW)
        rejected.refresh_from_db()
        assert (rejected.state, FeedEntry.objects.filter(revision=2).exists()) == ("rejected", False)

    def test_an_empty_value_leaves_a_field_out_unless_it_is_needed(self, clerk, rejected):
        with pytest.raises(ContentNotAcceptable):
            correct_feed(clerk, rejected, {"kind": ""}, ground=FeedGround.CODE, at=NOW)
        corrected = correct_feed(clerk, rejected, {"field": ""}, ground=FeedGround.MISSING, at=NOW)
        assert "field" not in corrected.content

    def test_only_who_keeps_that_register(self, clerk, matter, rejected):
        agency = clerk.agency
        others = (
            appointed(agency, DutyKind.RECEPTION),
            appointed(agency, DutyKind.HANDLING),
            appointed(agency, DutyKind.INSPECTOR),
            appointed(agency, DutyKind.PROTECTED),
            appointed(agency, leader=True),
            appointed(agency, system_admin=True),
            appointed(AgencyFactory(), DutyKind.INTAKE),
        )
        for outsider in others:
            with pytest.raises(NotPermitted):
                correct_feed(outsider, rejected, {}, ground=FeedGround.THEIRS, at=NOW)
            with pytest.raises(NotPermitted):
                resend_feed(outsider, matter.feed_record, at=NOW)

    def test_only_what_is_rejected(self, clerk, matter):
        tell(matter)
        with pytest.raises(NotPermitted):
            correct_feed(clerk, matter.feed_record.entries.get(), {}, ground=FeedGround.CODE, at=NOW)


class TestDenunciations:
    """Code, kind, days, direction and state, through the register, a correction, and a move under seal."""

    @pytest.fixture
    def office(self, trust, own_file_store):
        return make_sealed_office(AgencyFactory(), at=NOW)

    def denunciation(self, office) -> Matter:
        what = content(MatterKind.DENUNCIATION, summary="Nhận tiền khi xét duyệt", field=land())
        return enter(office.keeper, entry(what, at=NOW, senders=(WHO,)), at=NOW).matters.get()

    def test_a_planted_name_is_nowhere_on_the_line(self, national, office):
        UnitFactory(name="Phường Trần Lãm")
        matter = self.denunciation(office)
        national.fail("/events/", "422")
        tell(matter)
        rejected = matter.feed_record.entries.get()
        for typed in ({"commune": "34001"}, {"people": 2}, {"field": "admin.staff"}, {"kind": WHO.name}):
            with pytest.raises(ContentNotAcceptable):
                correct_feed(office.keeper, rejected, typed, ground=FeedGround.MISSING, at=NOW)
        correct_feed(office.keeper, rejected, {"received_on": "2025-09-12"}, ground=FeedGround.DAY, at=NOW)
        assert tell(matter) == 1
        books = json.dumps(national.books, ensure_ascii=False)
        rows = json.dumps(list(FeedEntry.objects.values()) + list(FeedRecord.objects.values()), default=str)
        for secret in (
            WHO.name,
            "Huyền Trâm",
            WHO.personal_number,
            WHO.phone,
            "Kỳ Bá",
            "Trần Lãm",
            "Nhận tiền",
        ):
            assert secret not in books + rows
        ((sent,),) = [list(known.values()) for known in national.books["records"].values()]
        assert set(sent) <= set(GUARDED_FIELDS)

    def test_the_database_refuses_more_whoever_writes_it(self, office):
        matter = self.denunciation(office)
        for content_now in ({"name": WHO.name}, {"commune": "34001"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                FeedEntry.objects.filter(record=matter.feed_record).update(content=content_now)

    def test_a_protected_visit(self, national):
        visit = make_desk().closed(
            heard(matter_kind=MatterKind.DENUNCIATION, visitors=(), summary="", identity_seen=True), at=NOW
        )
        tell(visit)
        ((sent,),) = [list(known.values()) for known in national.books["records"].values()]
        assert set(sent) <= set(GUARDED_FIELDS)
        assert sent["direction"] == "guided"

    def test_a_letter_that_went_under_seal_says_no_more_than_any_other(self, national, office):
        UnitFactory(name="Phường Trần Lãm")
        clerk = appointed(office.agency, DutyKind.INTAKE, DutyKind.PROTECTED)
        letter = enter(clerk, entry(content(field=land()), at=NOW, senders=(WHO,)), at=NOW)
        matter = letter.matters.get()
        tell(matter)
        assert "commune" in matter.feed_record.entries.get().content
        # Heard, perhaps, but not acknowledged: fixed with all its words.
        go(matter, S.PROCESSING)
        national.fail("/events/2", "drop")
        tell(matter)
        move_to_protected(clerk, letter, [content(MatterKind.DENUNCIATION, summary="Nhận tiền")], at=NOW)
        for row in matter.feed_record.entries.exclude(content=None):
            assert set(row.content) <= set(GUARDED_FIELDS)
        assert tell(matter, NOW + DELAYS[0]) == 2
        known = national.books["records"][matter.feed_record.reference]
        assert set(known["2"]) | set(known["3"]) <= set(GUARDED_FIELDS)

    def test_who_may_not_read_it_learns_nothing_here(self, office):
        matter = self.denunciation(office)
        entry_row = matter.feed_record.entries.get()
        intake = appointed(office.agency, DutyKind.INTAKE)
        assert not FeedEntry.objects.visible_to(intake).filter(pk=entry_row.pk).exists()
        assert FeedEntry.objects.visible_to(office.keeper).filter(pk=entry_row.pk).exists()

    def test_whatever_the_registers_hold_only_the_schema_leaves(self, national, matter, monkeypatch):
        """The last check stands before the line itself: a field that somebody adds stays here."""
        drafted = told.drafted
        monkeypatch.setattr(told, "drafted", lambda row: drafted(row) | {"sender": WHO.name})
        assert tell(matter) == 0
        assert queued(matter)[0][3] == "rejected"
        assert national.books["records"] == {}

"""Numbers without gaps, in the year of Viet Nam, by the registry of that agency, in time."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from documents.actions.number import NumberingRefused, date_line, number
from documents.actions.paper import read_paper
from documents.actions.sign import sign_batch
from documents.actions.withdraw import return_to_drafter
from documents.enums import DocumentState
from documents.models import Document, OutgoingEntry
from egov.audit.models import AuditEvent
from egov.audit.verify_chain import verify_chain
from egov.numbering.models import Series
from egov.signing.refusals import PdfNotSignable
from egov.signing.sign import is_incremental_update
from egov.signing.verification import Status
from egov.signing.verify import verify
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import PIN, KindFactory, Office
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.support.parallel import at_once

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.django_db
class TestNumber:
    @pytest.mark.rule("documents", 2)
    def test_the_first_of_a_year_is_01_and_the_next_follows(self, office: Office):
        first, second = office.numbered(at=NOW), office.numbered(at=NOW)
        assert (first.notation, second.notation) == ("01/QĐ-UBND", "02/QĐ-UBND")
        assert first.dated_on == date(2025, 9, 15)

    @pytest.mark.rule("documents", 2)
    def test_the_year_is_that_of_viet_nam(self, office: Office):
        """23:30 on 31 December in London is New Year in Thái Bình."""
        office.numbered(at=NOW)
        new_year = datetime(2025, 12, 31, 23, 30, tzinfo=ZoneInfo("UTC"))
        document = office.signed(at=NOW)
        Document.objects.filter(pk=document.pk).update(signed_at=new_year - timedelta(minutes=5))
        numbered = number(office.registry, document, at=new_year)
        assert (numbered.notation, numbered.dated_on) == ("01/QĐ-UBND", date(2026, 1, 1))
        assert OutgoingEntry.objects.get(document=document).year == 2026

    @pytest.mark.rule("documents", 2)
    def test_each_kind_counts_for_itself_and_letters_name_their_unit(self, office: Office):
        decision, letter = office.numbered(at=NOW), office.numbered(at=NOW, letter=True)
        assert (decision.notation, letter.notation) == ("01/QĐ-UBND", "01/UBND")

    @pytest.mark.rule("documents", 3)
    def test_a_normative_document_carries_the_year_it_was_set_in(self, office: Office):
        kind = KindFactory(normative=True)
        eve = datetime(2025, 12, 31, 8, 0, tzinfo=VIETNAM)
        kept, late = office.signed(at=eve, kind=kind), office.signed(at=eve, kind=kind)
        assert number(office.registry, kept, at=eve).notation == "01/2025/QĐ-UBND"
        Document.objects.filter(pk=late.pk).update(signed_at=datetime(2026, 1, 1, 0, 5, tzinfo=VIETNAM))
        with pytest.raises(NumberingRefused, match="Năm in trong ký hiệu"):
            number(office.registry, late, at=datetime(2026, 1, 1, 8, 0, tzinfo=VIETNAM))

    @pytest.mark.rule("documents", 11)
    def test_number_and_date_stand_on_the_paper_and_the_signature_holds(self, office: Office):
        signed = office.signed(at=NOW)
        before = read_paper(signed)
        after = read_paper(number(office.registry, signed, at=NOW))
        assert is_incremental_update(before, after)
        assert verify(after, at=NOW).personal.status == Status.VALID
        assert filled_fields(after) == {"SoVanBan": "01", "NgayVanBan": "ngày 15 tháng 9 năm 2025"}

    def test_the_registers_line_is_written_with_the_number(self, office: Office):
        document = office.numbered(at=NOW)
        entry = OutgoingEntry.objects.get(document=document)
        assert (entry.number, entry.notation, entry.year) == (1, "01/QĐ-UBND", 2025)
        assert entry.registered_by == office.registry.membership
        assert document.changes.get(after=DocumentState.NUMBERED).note == "01/QĐ-UBND"

    @pytest.mark.rule("documents", 1)
    def test_a_failure_gives_the_number_back(self, office: Office, settings):
        """The file store fails in the middle of the step: nothing of it stays, the next one takes 01."""
        document = office.signed(at=NOW)
        working = settings.STORAGES
        broken = {
            **working["documents"],
            "OPTIONS": {**working["documents"]["OPTIONS"], "location": "/proc/none"},
        }
        settings.STORAGES = {**working, "documents": broken}
        with pytest.raises(Exception, match=r"tệp|Tệp"):
            number(office.registry, document, at=NOW)
        settings.STORAGES = working
        document.refresh_from_db()
        assert (document.state, document.number) == (DocumentState.SIGNED, None)
        assert number(office.registry, document, at=NOW).notation == "01/QĐ-UBND"

    @pytest.mark.parametrize("who", ["binh", "chi", "dung", "em"])
    @pytest.mark.rule("documents", 9)
    def test_only_the_registry_of_that_agency(self, office: Office, cast: Cast, who: str):
        document = office.signed(at=NOW)
        with pytest.raises(NotPermitted):
            number(getattr(cast, who), document, at=NOW)
        assert not Series.objects.exists()

    def test_at_latest_the_next_working_day(self, office: Office):
        friday = datetime(2025, 9, 19, 16, 0, tzinfo=VIETNAM)
        kept, late = office.signed(at=friday), office.signed(at=friday)
        assert number(office.registry, kept, at=friday + timedelta(days=3)).dated_on == date(2025, 9, 22)
        with pytest.raises(NumberingRefused, match="22/09/2025"):
            number(office.registry, late, at=friday + timedelta(days=4))
        returned = return_to_drafter(office.registry, late, reason="Quá hạn cấp số", at=friday)
        assert returned.state == DocumentState.DRAFT

    def test_the_series_of_an_agency_that_ended_is_frozen(self, office: Office):
        document = office.signed(at=NOW)
        agency = office.registry.agency
        agency.valid_to = NOW.date()
        agency.save()
        with pytest.raises(NumberingRefused, match="khóa"):
            number(office.registry, document, at=NOW)

    def test_a_document_without_paper_takes_no_number(self, office: Office):
        document = office.signed(at=NOW)
        Document.objects.filter(pk=document.pk).update(file=None)
        with pytest.raises(PdfNotSignable):
            number(office.registry, document, at=NOW)
        assert not Series.objects.exists()

    @pytest.mark.parametrize(
        ("day", "line"),
        [
            (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
            (date(2025, 2, 28), "ngày 28 tháng 02 năm 2025"),
            (date(2025, 12, 1), "ngày 01 tháng 12 năm 2025"),
        ],
    )
    def test_the_date_is_written_as_the_decree_does(self, day: date, line: str):
        assert date_line(day) == line


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.rule("documents", 1)
    def test_200_numberings_at_once_give_200_numbers_in_a_row(self, office: Office):
        documents = [office.submitted(at=NOW) for _ in range(200)]
        signed = sign_batch(office.signer, [document.pk for document in documents], pin=PIN, at=NOW)
        assert all(result.done for result in signed)
        two_clerks = (
            office.registry,
            actor_for(MembershipFactory(agency=office.registry.agency, registry=True)),
        )

        def give(turn: int) -> int:
            return number(two_clerks[turn % 2], documents[turn], at=NOW).number

        given = at_once(give, range(200), threads=16)
        assert sorted(given) == list(range(1, 201))
        entries = OutgoingEntry.objects.values_list("number", flat=True)
        assert sorted(entries) == list(range(1, 201))
        assert verify_chain().intact

    def test_a_double_click_takes_one_number(self, office: Office):
        document = office.signed(at=NOW)
        outcomes = at_once(lambda _: number(office.registry, document, at=NOW), range(4), threads=4)
        refused = [outcome for outcome in outcomes if isinstance(outcome, NotPermitted)]
        assert len(refused) == 3
        assert Series.objects.get().last_number == 1
        assert AuditEvent.objects.filter(action="documents.number").count() == 1

    def test_two_registries_at_once_have_a_series_each(self, office: Office):
        other = second_office(office)
        mine = [office.signed(at=NOW) for _ in range(5)]
        theirs = [other.signed(at=NOW) for _ in range(5)]
        turns = [(office.registry, one) for one in mine] + [(other.registry, one) for one in theirs]
        outcomes = at_once(lambda turn: number(*turn, at=NOW), turns, threads=10)
        for whose in (office, other):
            given = [one.number for one in outcomes if one.agency_id == whose.registry.agency_id]
            assert sorted(given) == [1, 2, 3, 4, 5]


def filled_fields(pdf: bytes) -> dict[str, str]:
    """What stands in the text fields of a PDF."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fields = [field for field in opened.Root.AcroForm.Fields if field.get("/FT") == "/Tx"]
        return {str(field.T): str(field.V) for field in fields}


def second_office(office: Office) -> Office:
    """A district at work beside the province."""
    district = AgencyFactory(district=True, parent=office.registry.agency)
    other = Office(
        registry=actor_for(MembershipFactory(agency=district, registry=True)),
        signer=actor_for(MembershipFactory(agency=district, leader=True)),
        recipients=office.recipients,
    )
    other.give_keys(at=NOW)
    return other

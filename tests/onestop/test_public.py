"""What the portal is told, and what it is not (rules 39, 40; domain 4.3); filing from home."""

import dataclasses
import secrets
import statistics
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egov.files.refusals import FileRefused
from egov.organizations.models import Agency
from onestop import public
from onestop.actions.accept_filing import accept_filing
from onestop.actions.enter_filing import NotTakenHere
from onestop.actions.filing import FilingNotAcceptable
from onestop.actions.rate import RatingNotAcceptable
from onestop.actions.receive_supplement import StillMissing
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.enums import (
    ApplicantKind,
    DossierState,
    RatingStage,
    Satisfaction,
    SystemOfRecord,
)
from onestop.models import Dossier
from onestop.queries.lookup_limit import LookupUnavailable, TooManyLookups
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import pdf_of
from tests.factories.dossiers import DossierFactory, PartyFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import (
    ProcedureVersionFactory,
)

TODAY = NOW.date()
EM = public.Identity(personal_number="034190001234", name="Vũ Thị Em", level=2)
DUNG = public.Identity(personal_number="034085005678", name="Lê Tiến Dũng", level=2)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("own_file_store", "counters_of_this_test", "clock"),
]


@pytest.fixture
def counters_of_this_test(settings) -> None:
    """The counters are in a real Valkey, which outlives a test whose clock stands still."""
    mine = {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {"default": mine}


@pytest.fixture
def address() -> str:
    return f"2001:db8::{secrets.token_hex(2)}"


@pytest.fixture
def commune() -> Agency:
    return AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")


@pytest.fixture
def version():
    return ProcedureVersionFactory()


@pytest.fixture
def dossier(version, commune) -> Dossier:
    owner = PartyFactory(
        name="Vũ Thị Em", address="Thôn Bắc, xã Thụy Xuân", phone="0912345678", email="em@example.vn"
    )
    submitter = PartyFactory(name="Đỗ Văn Phụ", personal_number="034085009999", phone="0987654321")
    return DossierFactory(
        version=version,
        agency=commune,
        owner=owner,
        submitter=submitter,
        content="Đăng ký khai sinh cho cháu Vũ Minh Anh",
    )


def submitted(version, agency: Agency, **changes: object) -> public.Submitted:
    papers = version.cases.get().requirements.all()
    filing = public.Submitted(
        procedure_code=version.procedure.local_code,
        agency_code=agency.code,
        key="k-1",
        applicant=public.Applicant(
            kind=ApplicantKind.CITIZEN, name=EM.name, personal_number=EM.personal_number, phone="0912345678"
        ),
        files=tuple(
            public.SubmittedFile(f"{one.name}.pdf", pdf_of(one.name).read(), requirement_id=one.pk)
            for one in papers
        ),
    )
    return dataclasses.replace(filing, **changes)


def filed() -> Dossier:
    return Dossier.objects.get()


def words_of(value: object) -> str:
    """Everything that a value says."""
    return str(dataclasses.asdict(value))


@pytest.mark.rule("onestop", 39)
class TestLookup:
    """Code alone; code and secret; never more."""

    SECRETS = (
        "Vũ", "Em", "034190001234", "034085009999", "0912345678", "0987654321", "Thôn Bắc", "em@example.vn",
        "Đỗ Văn Phụ", "Minh Anh", "K7QM",
    )  # fmt: skip

    def test_the_code_alone_names_nobody(self, dossier, address):
        found = public.find_dossier(dossier.code.lower() + " ", address=address)
        assert isinstance(found, public.DossierStanding)
        assert (found.status, found.agency) == ("received", "Ủy ban nhân dân xã Thụy Xuân")
        assert (found.received_at, found.due_at) == (NOW, NOW + timedelta(days=3))
        assert [secret for secret in self.SECRETS if secret in words_of(found)] == []

    def test_with_the_secret_a_masked_name_and_what_is_asked_for(self, dossier, address, version):
        counter = actor_for(MembershipFactory(agency=dossier.receiving_agency, counter=True))
        Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.FILED)
        wanted = version.cases.get().requirements.first()
        asked = SupplementContent(
            papers=[Asked(wanted.pk, "Bản rõ hơn")],
            reason="Tờ khai mờ",
            deadline_on=TODAY + timedelta(days=9),
        )
        request_supplement(counter, dossier, asked, at=NOW)
        found = public.find_dossier(dossier.code, " k7qm ", address=address)
        assert isinstance(found, public.BearerStanding)
        assert found.owner_masked == "V*** T*** E***"
        assert found.supplements[0].papers == ((wanted.pk, wanted.name, "Bản rõ hơn"),)
        assert found.supplements[0].is_waiting
        assert [secret for secret in self.SECRETS if secret in words_of(found)] == []

    def test_only_owner_and_submitter_see_their_dossiers(self, dossier):
        for number in (EM.personal_number, "034085009999"):
            assert [one.standing.code for one in public.my_dossiers(number)] == [dossier.code]
        assert public.my_dossiers(DUNG.personal_number) == public.my_dossiers("") == ()
        with pytest.raises(public.DossierUnknown):
            public.my_dossier(DUNG.personal_number, dossier.code)

    def test_my_list_costs_the_same_however_long(self, version, commune):
        seen = set()
        for count in (1, 6):
            for _ in range(count):
                DossierFactory(version=version, agency=commune)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                public.my_dossiers(EM.personal_number)
            seen.add(len(asked))
        assert len(seen) == 1
        assert seen.pop() <= 12


@pytest.mark.rule("onestop", 40)
class TestGuessing:
    """Whether a code exists cannot be learnt from a secret."""

    UNKNOWN = "000.00.00.H54-250915-9999"

    def answer(self, code: str, secret: str) -> tuple[object, list[str]]:
        with CaptureQueriesContext(connection) as asked, pytest.raises(public.DossierUnknown) as refusal:
            public.find_dossier(code, secret, address=secrets.token_hex(8))
        statements = [one["sql"].replace(code, "CODE") for one in asked.captured_queries]
        return (type(refusal.value), refusal.value.status, str(refusal.value)), statements

    def test_an_unknown_code_and_a_wrong_secret_are_one_answer_by_one_way(self, dossier):
        assert self.answer(self.UNKNOWN, "AAAA") == self.answer(dossier.code, "AAAA")
        assert len(self.answer(dossier.code, "AAAA")[1]) == 1

    @pytest.mark.parametrize(
        "secret", ["", "-" * 16, "\0", "K7Q", "K7QMM", "Ｋ７ＱＭ", "\ud800", "x" * 100_000]
    )
    def test_what_is_no_secret_opens_nothing(self, dossier, secret):
        without = DossierFactory(version=dossier.version, agency=dossier.receiving_agency, secret="")
        for code in (dossier.code, without.code, self.UNKNOWN):
            with pytest.raises(public.DossierUnknown):
                public.find_dossier(code, secret, address="")

    @pytest.mark.parametrize("code", ["", "\0", "\ud800", "x" * 100_000, "%", "'; --"])
    def test_what_is_no_code_finds_nothing(self, dossier, code):
        for secret in (None, "K7QM"):
            with pytest.raises(public.DossierUnknown):
                public.find_dossier(code, secret, address="")

    def test_both_take_the_same_time(self, dossier, settings):
        """Interleaved, so that whatever else the machine does falls on both alike."""
        settings.LOOKUP_WRONG_SECRETS = settings.LOOKUP_PER_ADDRESS = (10_000, 60)
        took: dict[str, list[float]] = {dossier.code: [], self.UNKNOWN: []}
        for _ in range(150):
            for code, times in took.items():
                begun = time.perf_counter()
                with pytest.raises(public.DossierUnknown):
                    public.find_dossier(code, "AAAA", address="here")
                times.append(time.perf_counter() - begun)
        known, unknown = (statistics.median(times) for times in took.values())
        assert abs(known - unknown) < 0.4 * max(known, unknown)

    def test_so_many_wrong_secrets_a_code_from_anywhere_known_or_not(self, dossier, settings):
        settings.LOOKUP_WRONG_SECRETS = (3, 3600)
        for code in (dossier.code, self.UNKNOWN):
            for _ in range(3):
                self.answer(code, "AAAA")
            with pytest.raises(TooManyLookups):
                public.find_dossier(code, "K7QM", address=secrets.token_hex(8))
        # The code alone is not held up, nor are other codes.
        assert public.find_dossier(dossier.code, address="a")
        other = DossierFactory(version=dossier.version, agency=dossier.receiving_agency)
        assert public.find_dossier(other.code, "K7QM", address="a")

    def test_right_secrets_are_not_counted_against_their_bearer(self, dossier, settings):
        settings.LOOKUP_WRONG_SECRETS = (2, 3600)
        for _ in range(5):
            public.find_dossier(dossier.code, "K7QM", address=secrets.token_hex(8))

    def test_so_many_questions_an_address_and_the_next_window_is_free(
        self, dossier, settings, clock, address
    ):
        settings.LOOKUP_PER_ADDRESS = (3, 60)
        for _ in range(3):
            public.find_dossier(dossier.code, address=address)
        with pytest.raises(TooManyLookups) as refusal:
            public.find_dossier(dossier.code, address=address)
        assert (refusal.value.status, refusal.value.wait) == (429, 60)
        assert public.find_dossier(dossier.code, address="another")
        clock.shift(timedelta(seconds=60))
        assert public.find_dossier(dossier.code, address=address)

    def test_without_counters_codes_are_answered_and_secrets_are_not(self, dossier, settings):
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
        assert public.find_dossier(dossier.code, address="a")
        with pytest.raises(LookupUnavailable):
            public.find_dossier(dossier.code, "K7QM", address="a")


class TestSubmission:
    """From home to the counter and back."""

    def test_filed_once_however_often_it_is_sent(self, version, commune):
        first, again = (public.submit_online(EM, submitted(version, commune), at=NOW) for _ in range(2))
        assert first == again
        assert Dossier.objects.count() == 1
        found = public.find_dossier(first.number, first.secret, address="")
        assert found.standing.status == "filed"
        own = public.my_dossier(EM.personal_number, first.number)
        assert own.papers[0].file_name == "Tờ khai đăng ký khai sinh.pdf"

    def test_somebody_elses_key_is_not_mine(self, version, commune):
        mine = public.submit_online(EM, submitted(version, commune), at=NOW)
        theirs = submitted(
            version,
            commune,
            applicant=public.Applicant(
                kind=ApplicantKind.CITIZEN, name=DUNG.name, personal_number=DUNG.personal_number
            ),
        )
        assert public.submit_online(DUNG, theirs, at=NOW).number != mine.number

    def test_nobody_files_in_anothers_name_as_their_own(self, version, commune):
        with pytest.raises(NotTakenHere):
            public.submit_online(DUNG, submitted(version, commune), at=NOW)
        assert not Dossier.objects.exists()

    @pytest.mark.rule("onestop", 50)
    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"procedure_code": "9.999999"}, public.ProcedureUnknown),
            ({"agency_code": "K99"}, FilingNotAcceptable),
            ({"case_id": 0}, FilingNotAcceptable),
            ({"files": (public.SubmittedFile("a.pdf", b"MZ\0\0", None, "Khác"),)}, FileRefused),
            ({"files": (public.SubmittedFile("a.pdf", b"", 10**9),)}, FilingNotAcceptable),
        ],
    )
    def test_a_refused_one_leaves_nothing_and_gives_no_number(self, version, commune, changes, refusal):
        with pytest.raises(refusal):
            public.submit_online(EM, submitted(version, commune, **changes), at=NOW)
        assert not Dossier.objects.exists()

    def test_what_a_ministry_takes_in_is_not_filed_here(self, commune):
        theirs = ProcedureVersionFactory(procedure__system_of_record=SystemOfRecord.MINISTRY)
        assert not public.procedure(theirs.procedure.local_code, TODAY).takes_online
        with pytest.raises(NotTakenHere):
            public.submit_online(EM, submitted(theirs, commune), at=NOW)

    def test_supplement_and_withdrawal_by_the_applicant_alone(self, version, commune):
        receipt = public.submit_online(EM, submitted(version, commune), at=NOW)
        dossier = Dossier.objects.get()
        counter = actor_for(MembershipFactory(agency=commune, counter=True))
        wanted = version.cases.get().requirements.first()
        asked = SupplementContent(
            papers=[Asked(wanted.pk)], reason="Mờ", deadline_on=TODAY + timedelta(days=9)
        )
        request_supplement(counter, dossier, asked, at=NOW)
        file = public.SubmittedFile("ro-hon.pdf", pdf_of("Rõ hơn").read(), requirement_id=wanted.pk)
        with pytest.raises(public.DossierUnknown):
            public.send_supplement(DUNG, receipt.number, (file,), at=NOW)
        with pytest.raises(StillMissing):
            public.send_supplement(EM, receipt.number, (), at=NOW)
        assert public.send_supplement(EM, receipt.number, (file,), at=NOW).status == "filed"
        with pytest.raises(public.DossierUnknown):
            public.withdraw(DUNG, receipt.number, reason="Không cần nữa", at=NOW)
        assert public.withdraw(EM, receipt.number, reason="Không cần nữa", at=NOW).status == "withdrawn"

    def test_what_is_due_is_paid_by_whoever_holds_the_receipt(self, version, commune, gateway, settings):
        receipt = public.submit_online(EM, submitted(version, commune), at=NOW)
        code = str(accept_filing(actor_for(MembershipFactory(agency=commune, counter=True)), filed(), at=NOW))
        assert public.find_dossier(code, receipt.secret, address="").payment_due
        page = public.payment_page(code, receipt.secret, at=NOW)
        assert page.startswith(gateway.url)
        assert public.my_payment_page(EM, code, at=NOW) == page
        with pytest.raises(public.DossierUnknown):
            public.payment_page(code, "AAAA", at=NOW)
        with pytest.raises(public.DossierUnknown):
            public.my_payment_page(DUNG, code, at=NOW)
        settings.PAYMENT_GATEWAY_URL = "http://127.0.0.1:1"
        with pytest.raises(public.PaymentNotPossible, match="chưa có gì được thu"):
            public.payment_page(code, receipt.secret, at=NOW)

    def test_a_rating_once_a_stage_with_the_secret(self, version, commune):
        receipt = public.submit_online(EM, submitted(version, commune), at=NOW)
        counter = actor_for(MembershipFactory(agency=commune, counter=True))
        accept_filing(counter, Dossier.objects.get(), at=NOW)
        said = {"stage": RatingStage.INTAKE, "level": Satisfaction.SATISFIED, "at": NOW}
        with pytest.raises(public.DossierUnknown):
            public.rate(receipt.number, "AAAA", **said)
        public.rate(receipt.number, receipt.secret, **said)
        with pytest.raises(RatingNotAcceptable):
            public.rate(receipt.number, receipt.secret, **said)

    @pytest.mark.rule("onestop", 57)
    def test_an_applicant_who_is_signed_in_rates_without_the_secret(self, version, commune):
        receipt = public.submit_online(EM, submitted(version, commune), at=NOW)
        accept_filing(actor_for(MembershipFactory(agency=commune, counter=True)), filed(), at=NOW)
        said = {"stage": RatingStage.INTAKE, "level": Satisfaction.SATISFIED, "at": NOW}
        with pytest.raises(public.DossierUnknown):
            public.my_rate(DUNG, receipt.number, **said)
        public.my_rate(EM, receipt.number, **said)
        for again in (
            lambda: public.my_rate(EM, receipt.number, **said),
            lambda: public.rate(receipt.number, receipt.secret, **said),
        ):
            with pytest.raises(RatingNotAcceptable):
                again()

"""Numbers and notations, marks of secrecy, who signs in what capacity, who takes which step."""

from datetime import date

import pytest

from documents import rules
from documents.enums import DocumentState, KindClass
from documents.models import Document
from documents.rules.authority import authority, capacities
from documents.rules.notation import COPIES_BOOK, LETTERS_BOOK, book_of, notation_of
from documents.rules.secrecy import marked_secret, stamped_secret
from egov.organizations.enums import Branch, Capacity
from egov.organizations.models import Agency, Department, Membership
from tests.factories.cast import Cast
from tests.factories.documents import DocumentFactory, KindFactory
from tests.factories.organizations import AgencyFactory, DelegationFactory, MembershipFactory, actor_for

DAY = date(2025, 9, 15)
C = Capacity


def notation(
    code: str, number: int, *, classification: str = KindClass.ADMINISTRATIVE, unit: str = "", **agency: str
) -> str:
    """A notation in 2025, for an agency whose papers say UBND unless told otherwise."""
    kind = KindFactory.build(code=code or "CV", abbreviation=code, classification=classification)
    whose = Agency(**{"abbreviation": "UBND", "branch": Branch.STATE, **agency})
    return notation_of(kind, whose, Department(abbreviation=unit) if unit else None).text(number, 2025)


@pytest.mark.rule("documents", 3)
class TestNotation:
    def test_a_number_below_ten_has_a_leading_zero(self):
        assert notation("QĐ", 7) == "07/QĐ-UBND"
        assert notation("QĐ", 15) == "15/QĐ-UBND"
        assert notation("QĐ", 1205) == "1205/QĐ-UBND"

    def test_a_letter_has_its_unit_and_no_type(self):
        assert notation("", 123, unit="NC") == "123/UBND-NC"
        assert notation("", 9) == "09/UBND"

    @pytest.mark.parametrize("code", ["QĐ", "QyĐ", "CTr", "TTr", "DA", "ĐA", "CT", "TC"])
    def test_case_and_diacritics_are_kept(self, code: str):
        assert notation(code, 1, abbreviation="SNV") == f"01/{code}-SNV"

    def test_normative_documents_carry_the_year(self):
        assert notation("QĐ", 11, classification=KindClass.NORMATIVE) == "11/2025/QĐ-UBND"

    def test_the_party_writes_its_own_shape(self):
        assert notation("QĐ", 15, abbreviation="TU", branch=Branch.PARTY) == "15-QĐ/TU"
        assert notation("", 8, abbreviation="ĐU", branch=Branch.PARTY) == "08-CV/ĐU"

    def test_kinds_whose_notations_look_alike_share_one_book(self):
        letter = KindFactory.build(code="CV", abbreviation="")
        service_letter = KindFactory.build(code="TCg", abbreviation="")
        assert book_of(letter) == book_of(service_letter) == LETTERS_BOOK
        assert book_of(KindFactory.build(code="SY", classification=KindClass.COPY)) == COPIES_BOOK
        assert book_of(KindFactory.build(code="TB", abbreviation="TB")) == "TB"


@pytest.mark.rule("documents", 30)
class TestSecrecy:
    @pytest.mark.parametrize(
        "text",
        [
            "Báo cáo tình hình (Mật)",
            "MẬT - Kế hoạch phòng thủ",
            "Kế hoạch phòng thủ khu vực – MẬT",
            "Phương án tối mật",
            "Phương án Tuyệt  mật",
            "TỐI MẬT",
            "mật",
            "Độ mật: Mật",
            "Phương án to\u0302\u0301i ma\u0323\u0302t",  # NFD, as some keyboards type
        ],
    )
    def test_marks_are_found(self, text: str):
        assert marked_secret(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Về việc tăng cường bảo mật hệ thống thông tin",
            "Quy chế bảo vệ bí mật nhà nước",
            "Hỗ trợ các hộ nuôi ong lấy mật",
            "Báo cáo mật độ dân số các xã",
            "ĐỔI MẬT KHẨU TÀI KHOẢN",
            "Độ mật: không",
        ],
    )
    def test_ordinary_words_are_not_marks(self, text: str):
        assert not marked_secret(text)

    def test_a_text_about_secrets_is_not_stamped(self):
        assert not stamped_secret("Điều 1. Danh mục bí mật nhà nước độ Tối mật gồm các tài liệu sau.")
        assert stamped_secret("ỦY BAN NHÂN DÂN\n TỐI MẬT \nSố: 01/KH-UBND")


def may(member: Membership, capacity: Capacity, kind: str = "QĐ", on: date = DAY) -> bool:
    return bool(
        authority(member, agency=member.agency, kind=KindFactory(code=kind), capacity=capacity, on=on)
    )


@pytest.mark.django_db
@pytest.mark.rule("documents", 36)
class TestAuthority:
    def test_the_head_of_a_collective_signs_on_its_behalf_only(self):
        chair = MembershipFactory(leader=True)
        kind = KindFactory()
        assert capacities(chair, agency=chair.agency, kind=kind, on=DAY) == [C.TM]

    def test_the_head_of_a_one_chief_agency_signs_in_own_right_only(self):
        director = MembershipFactory(leader=True, agency=AgencyFactory(department=True), position="Giám đốc")
        assert capacities(director, agency=director.agency, kind=KindFactory(), on=DAY) == [C.OWN]

    def test_an_acting_head_signs_as_one(self):
        acting = MembershipFactory(leader=True, position="Quyền Chủ tịch")
        assert capacities(acting, agency=acting.agency, kind=KindFactory(), on=DAY) == [C.Q]

    def test_a_deputy_signs_for_the_head(self):
        deputy = MembershipFactory(deputy=True)
        assert capacities(deputy, agency=deputy.agency, kind=KindFactory(), on=DAY) == [C.KT]

    @pytest.mark.parametrize("trait", ["registry", "specialist", "office_head", "agency_admin"])
    def test_others_sign_in_no_capacity(self, trait: str):
        member = MembershipFactory(**{trait: True})
        assert capacities(member, agency=member.agency, kind=KindFactory(), on=DAY) == []

    def test_a_position_that_ended_gives_nothing(self):
        assert not may(MembershipFactory(leader=True, valid_to=DAY), C.TM)
        assert not may(MembershipFactory(leader=True, valid_from=date(2025, 9, 16)), C.TM)

    def test_a_position_elsewhere_gives_nothing_here(self):
        chair = MembershipFactory(leader=True)
        here = AgencyFactory()
        assert not authority(chair, agency=here, kind=KindFactory(), capacity=C.TM, on=DAY)

    def test_nobody_signs_for_an_agency_that_ended(self):
        chair = MembershipFactory(leader=True, agency=AgencyFactory(closed=True))
        assert may(chair, C.TM, on=date(2025, 6, 30))
        assert not may(chair, C.TM, on=date(2025, 7, 1))

    def test_an_unknown_capacity_is_refused(self):
        assert not may(MembershipFactory(leader=True), "Chủ tịch")  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.rule("documents", 10)
class TestDelegatedAuthority:
    def test_tl_holds_for_the_listed_kinds_only(self):
        holder = DelegationFactory(kinds=["TB", "CV"]).holder
        assert may(holder, C.TL, "TB")
        assert not may(holder, C.TL, "QĐ")

    def test_tl_is_for_heads_of_units(self):
        chair = MembershipFactory(leader=True)
        clerk = MembershipFactory(specialist=True, agency=chair.agency)
        DelegationFactory(grantor=chair, holder=clerk)
        assert not may(clerk, C.TL)

    def test_tuq_is_refused_outside_its_dates(self):
        holder = DelegationFactory(tuq=True, valid_from=date(2025, 9, 10), valid_to=date(2025, 9, 20)).holder
        assert not may(holder, C.TUQ, on=date(2025, 9, 9))
        assert may(holder, C.TUQ, on=date(2025, 9, 10))
        assert may(holder, C.TUQ, on=date(2025, 9, 19))
        assert not may(holder, C.TUQ, on=date(2025, 9, 20))

    def test_tuq_is_not_passed_on(self):
        first = DelegationFactory(tuq=True)
        second = DelegationFactory(
            tuq=True,
            grantor=first.holder,
            holder=MembershipFactory(deputy=True, agency=first.holder.agency),
        )
        verdict = authority(
            second.holder, agency=second.holder.agency, kind=KindFactory(), capacity=C.TUQ, on=DAY
        )
        assert "không được ủy quyền lại" in str(verdict.reason)

    def test_a_delegation_ends_with_the_grantors_office(self):
        delegation = DelegationFactory(tuq=True, grantor__valid_to=DAY)
        assert may(delegation.holder, C.TUQ, on=date(2025, 9, 14))
        assert not may(delegation.holder, C.TUQ, on=DAY)

    def test_one_capacity_does_not_stand_for_the_other(self):
        holder = DelegationFactory(tuq=True).holder
        assert not may(holder, C.TL)

    def test_a_revoked_delegation_gives_nothing(self):
        holder = DelegationFactory(revoked_at="2025-09-01T08:00+07:00").holder
        assert not may(holder, C.TL)


AT_REGISTRY = {
    DocumentState.SIGNED: rules.may_number,
    DocumentState.NUMBERED: rules.may_seal,
    DocumentState.SEALED: rules.may_issue,
}


@pytest.mark.django_db
@pytest.mark.rule("documents", 9)
@pytest.mark.parametrize("state", AT_REGISTRY)
class TestRegistryOnly:
    def test_the_registry_of_that_agency_may(self, cast: Cast, state: DocumentState):
        assert AT_REGISTRY[state](cast.an, self.document(cast, state))

    def test_nobody_else_may(self, cast: Cast, state: DocumentState):
        document = self.document(cast, state)
        others = [
            cast.binh,
            cast.chi,
            cast.dung,
            cast.em,
            actor_for(MembershipFactory(agency=cast.an.agency)),
            actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True)),
        ]
        assert [one for one in others if AT_REGISTRY[state](one, document)] == []

    def test_without_a_second_factor_nobody_may(self, cast: Cast, state: DocumentState):
        actor = actor_for(cast.an.membership, second_factor=False)
        assert "hai lớp" in str(AT_REGISTRY[state](actor, self.document(cast, state)).reason)

    def test_only_in_its_own_state(self, cast: Cast, state: DocumentState):
        others = [other for other in DocumentState if other != state]
        assert not any(AT_REGISTRY[state](cast.an, self.document(cast, other)) for other in others)

    def document(self, cast: Cast, state: DocumentState) -> Document:
        return DocumentFactory.build(
            pk=1, agency=cast.an.agency, drafter=cast.an.membership, kind=None, state=state
        )

"""The published catalogue, as the portal asks for it."""

import pytest

from onestop import public
from onestop.enums import ApplicantKind, OnlineLevel
from onestop.models import LifeEvent
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.procedures import (
    CaseFactory,
    FeeRuleFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return ProcedureVersionFactory()


class TestCatalogue:
    """Only what is in force, with nothing that is not certain."""

    def test_found_without_accents_and_by_either_code(self, version):
        ProcedureVersionFactory(draft=True, name="Đăng ký khai sinh (dự thảo)")
        code = version.procedure.local_code
        for text in ("dang ky khai sinh", code, version.procedure.national_code):
            assert [one.code for one in public.find_procedures(text, TODAY)] == [code]
        assert public.procedure(version.procedure.national_code, TODAY).entry.code == code
        assert public.find_procedures("cap giay phep", TODAY) == ()

    @pytest.mark.parametrize("code", ["", "x", "\0", "9.999999", "1.100000x", "1" * 500])
    def test_an_unknown_code_is_said(self, code):
        with pytest.raises(public.ProcedureUnknown):
            public.procedure(code, TODAY)

    def test_limits_and_fees_by_channel_and_what_to_bring(self):
        version = ProcedureVersionFactory(draft=True, case=False)
        case = CaseFactory(version=version, amount=50_000)
        FeeRuleFactory(case=case, undetermined=True, name="Phí thẩm định")
        RequirementFactory(case=case, order=9, name="Trích lục khai sinh", available_from="Hộ tịch điện tử")
        detail = public.procedure(activated(version).procedure.local_code, TODAY)
        (one,) = detail.cases
        assert {line.channel for line in one.limits} == {"counter", "online", "post"}
        assert all(line.legal == "3 ngày làm việc" for line in one.limits)
        fixed, council = one.fees
        assert (fixed.amount, fixed.is_free) == (50_000, False)
        # Not zero: nobody has said yet.
        assert (council.amount, council.is_free) == (None, False)
        assert one.papers[-1].is_provided
        assert detail.takes_online

    def test_filters(self, version):
        other = ProcedureVersionFactory(
            online_level=OnlineLevel.INFORMATION, applicant_kinds=[ApplicantKind.ENTERPRISE]
        )

        def found(**wanted: str) -> set[str]:
            return {one.code for one in public.list_procedures(TODAY, **wanted)}

        codes = {one.procedure.local_code for one in (version, other)}
        assert found() == codes
        assert found(applicant="enterprise") == found(online="information") == {other.procedure.local_code}
        assert found(sector=version.procedure.sector.code, level="commune") >= {version.procedure.local_code}
        assert found(level="district") == set()

    def test_life_events_lead_to_procedures_in_force(self, version):
        event = LifeEvent.objects.create(code="birth", name="Sinh con", order=1)
        event.procedures.add(version.procedure, ProcedureVersionFactory(draft=True).procedure)
        (shown,) = public.list_life_events(TODAY)
        assert [one.code for one in shown.procedures] == [version.procedure.local_code]

    def test_a_list_costs_the_same_however_long(self, django_assert_num_queries):
        for count in (1, 8):
            for _ in range(count):
                ProcedureVersionFactory()
            with django_assert_num_queries(1):
                assert public.list_procedures(TODAY)

"""What the migrations load: the terms of inquiries are there before the first one is written."""

from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from egov.workdays.limit import LimitUnit
from portal.enums import InquiryKind, InquiryTask
from portal.models import InquiryTerm
from tests.factories.inquiries import sent
from tests.factories.organizations import AgencyFactory

MONDAY = datetime(2025, 9, 15, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def terms(db) -> None:
    """As the migration leaves them, whatever an earlier test emptied."""
    InquiryTerm.objects.all().delete()
    import_module("portal.migrations.0002_reference_data").load_terms(apps)


def test_every_kind_has_its_two_terms_with_their_basis(terms):
    rows = InquiryTerm.objects.all()
    assert {(row.kind, row.task) for row in rows} == {
        (kind, task) for kind in InquiryKind for task in InquiryTask
    }
    assert {row.unit for row in rows} == {LimitUnit.WORKING_DAYS}
    assert all("20/2008/NĐ-CP" in row.basis for row in rows)


def test_a_question_gets_its_days_from_them(terms, settings):
    settings.INQUIRY_COORDINATOR = AgencyFactory(province=True).code
    question = sent(MONDAY)
    assert f"{question.assign_by:%d/%m/%Y}" == "22/09/2025"
    assert f"{question.due_on:%d/%m/%Y}" == "06/10/2025"

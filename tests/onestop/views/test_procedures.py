"""The catalogue's pages: they render for everybody, change only for those who keep it, and say why not."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from egov.organizations.enums import Role
from onestop.actions.create_version import create_version
from onestop.actions.verify_version import verify_version
from onestop.enums import VersionState
from onestop.models import AnnouncingDecision, ProcedureVersion
from onestop.queries.version_content import content_of
from tests.conftest import MONDAY_MORNING as AT
from tests.factories.catalogue_people import Keepers, make_keepers
from tests.factories.documents import pdf_of
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import EffectFactory, ProcedureVersionFactory
from tests.onestop.actions.test_import_catalogue import BIRTH, as_csv, line
from tests.support.sent_form import sent_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def keepers() -> Keepers:
    return make_keepers()


@pytest.fixture
def active(keepers: Keepers) -> ProcedureVersion:
    return ProcedureVersionFactory(procedure__agency=keepers.province, name="Đăng ký khai sinh")


@pytest.fixture
def draft(keepers: Keepers, active: ProcedureVersion) -> ProcedureVersion:
    return create_version(keepers.writer, active.procedure, at=AT)


def address(name: str, *args: object) -> str:
    return reverse(f"onestop:{name}", args=args)


@pytest.mark.parametrize("role", list(Role))
def test_every_official_reads_every_page(keepers, active, draft, sign_in, role):
    effect = EffectFactory()
    client = sign_in(actor_for(MembershipFactory(agency=keepers.commune, role=role)))
    for url in (
        address("procedure_list"),
        address("version_detail", active.pk),
        address("version_detail", draft.pk),
        address("decision_list"),
        address("decision_detail", effect.decision_id),
    ):
        response = client.get(url)
        assert response.status_code == 200, url
        assert "</html>" in response.content.decode()
    assert client.get(address("procedure_detail", active.procedure_id)).url == address(
        "version_detail", active.pk
    )


@pytest.mark.parametrize(
    "query",
    ["q=khai+sinh", "q=KHAI", "q=kha", "state=active", "level=commune", "q=1.1", "sector=x&agency=-1"],
)
def test_the_list_is_searched_without_accents_and_filtered(active, keepers, sign_in, query):
    ProcedureVersionFactory(draft=True, name="Chứng thực chữ ký", procedure__provincial=True)
    page = sign_in(keepers.outsider).get(f"{address('procedure_list')}?{query}").content.decode()
    assert "Đăng ký khai sinh" in page
    if query not in ("q=1.1", "sector=x&agency=-1"):
        assert "Chứng thực chữ ký" not in page


def test_the_list_costs_the_same_for_one_and_for_thirty(
    keepers, sign_in, django_assert_max_num_queries, active
):
    client = sign_in(keepers.writer)
    url = address("procedure_list")
    client.get(url)
    with django_assert_max_num_queries(12) as one:
        client.get(url)
    for _ in range(29):
        ProcedureVersionFactory(procedure__agency=keepers.province)
    with django_assert_max_num_queries(12) as thirty:
        client.get(url)
    assert len(thirty) == len(one)


def test_a_version_s_page_asks_twelve_times_at_most(
    keepers, sign_in, django_assert_max_num_queries, active, draft
):
    client = sign_in(keepers.writer)
    for version in (active, draft):
        client.get(address("version_detail", version.pk))
        with django_assert_max_num_queries(12):
            client.get(address("version_detail", version.pk))


def test_what_cannot_be_done_says_why(keepers, draft, sign_in):
    page = sign_in(keepers.writer).get(address("version_detail", draft.pk)).content.decode()
    assert "hãy đề nghị người khác" in page
    assert "Xác nhận đã thẩm tra" not in page


def test_a_draft_saved_unchanged_says_the_same(keepers, draft, sign_in):
    client, before = sign_in(keepers.writer), content_of(draft)
    for url in (address("version_edit", draft.pk), address("case_edit", draft.pk, 1)):
        response = client.post(url, sent_form(client, url))
        assert response.status_code == 302, response.content.decode()
    assert content_of(ProcedureVersion.objects.get(pk=draft.pk)) == before


def test_lines_are_changed_added_and_removed(keepers, draft, sign_in):
    client = sign_in(keepers.writer)
    url = address("case_edit", draft.pk, 1)
    fields = sent_form(client, url)
    fields |= {"channels-0-committed_amount": "2", "channels-0-committed_unit": "working_days"}
    fields |= {"papers-0-DELETE": "on", "papers-3-name": "Giấy ủy quyền", "papers-3-copies": "1"}
    fields |= {"steps-1-hours": "8"}
    assert client.post(url, fields).status_code == 302
    (case,) = content_of(ProcedureVersion.objects.get(pk=draft.pk)).cases
    assert (case.channel_rules[0].committed_amount, case.channel_rules[0].legal_amount) == (2, 3)
    assert [paper.name for paper in case.requirements][-1] == "Giấy ủy quyền"
    assert len(case.requirements) == 3
    assert case.planned_legs[0].steps[1].hours == 8
    page = client.get(address("version_detail", draft.pk)).content.decode()
    assert "điểm khác phiên bản 1" in page
    assert "<ins>1 bản sao</ins>" in page


def test_faults_are_said_beside_the_field_and_nothing_is_lost(keepers, draft, sign_in):
    client = sign_in(keepers.writer)
    url = address("case_edit", draft.pk, 1)
    fields = sent_form(client, url) | {"steps-0-hours": "vài", "papers-0-name": "Tên mới"}
    response = client.post(url, fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tên mới" in page
    assert "field-wrong" in page
    assert client.post(url, {"channels-TOTAL_FORMS": "x"}).status_code == 422
    assert client.post(url, {}).status_code == 422


def test_a_page_that_is_out_of_date_overwrites_nothing(keepers, draft, sign_in):
    client = sign_in(keepers.writer)
    url = address("version_edit", draft.pk)
    stale = sent_form(client, url)
    assert client.post(url, stale | {"name": "Của người thứ nhất"}).status_code == 302
    response = client.post(url, stale | {"name": "Của người thứ hai"})
    assert "Người khác vừa lưu" in response.content.decode()
    assert ProcedureVersion.objects.get(pk=draft.pk).name == "Của người thứ nhất"


def test_from_draft_to_force_by_pages(keepers, active, sign_in):
    writer = sign_in(keepers.writer)
    response = writer.post(address("version_create", active.procedure_id))
    version = ProcedureVersion.objects.get(state=VersionState.DRAFT)
    assert response.url == address("version_edit", version.pk)
    assert writer.post(address("version_verify", version.pk)).status_code == 403
    verifier = sign_in(keepers.verifier)
    assert verifier.post(address("version_verify", version.pk)).status_code == 302
    assert verifier.post(address("version_send_back", version.pk), {"reason": ""}).status_code == 422
    assert verifier.post(address("version_send_back", version.pk), {"reason": "Sai phí"}).status_code == 302
    assert verifier.post(address("version_verify", version.pk)).status_code == 302
    leader = sign_in(keepers.leader)
    assert leader.post(address("version_activate", version.pk), {"on": "không"}).status_code == 422
    refused = leader.post(address("version_activate", version.pk), {"on": "01/01/2020"})
    assert "quá khứ" in refused.content.decode()
    assert leader.post(address("version_activate", version.pk), {"on": "15/09/2025"}).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.ACTIVE


def test_cases_are_added_and_taken_out(keepers, draft, sign_in):
    client = sign_in(keepers.writer)
    client.post(address("case_add", draft.pk))
    assert [case.name for case in content_of(draft).cases] == ["", "Trường hợp 2"]
    client.post(address("case_remove", draft.pk, 1))
    assert ProcedureVersion.objects.get(pk=draft.pk).cases.get().name == "Trường hợp 2"
    assert client.post(address("case_remove", draft.pk, 9)).status_code == 404


def test_a_new_procedure_begins_as_a_draft(keepers, active, sign_in):
    client = sign_in(keepers.writer)
    fields = {
        "national_code": "1.001193",
        "name": "Đăng ký lại",
        "agency": keepers.province.pk,
        "level": "commune",
        "sector": active.procedure.sector_id,
    }
    assert client.post(address("procedure_create"), fields | {"national_code": "11"}).status_code == 200
    assert client.post(address("procedure_create"), fields).status_code == 302
    assert "đã có thủ tục mã" in client.post(address("procedure_create"), fields).content.decode()


def test_a_decision_is_entered_with_its_lines_and_file(keepers, draft, sign_in, own_file_store):
    verify_version(keepers.verifier, draft, at=AT)
    client = sign_in(keepers.leader)
    url = address("decision_create")
    fields = sent_form(client, url) | {
        "number": "1216/QĐ-UBND",
        "title": "Công bố thủ tục",
        "issued_on": "15/09/2025",
        "versions-0-chosen": "on",
    }
    refused = client.post(url, fields)
    assert "Hãy ghi ngày có hiệu lực." in refused.content.decode()
    fields["versions-0-effective_on"] = "01/10/2025"
    fields["file"] = SimpleUploadedFile("qd.pdf", pdf_of("Quyết định").getvalue())
    response = client.post(url, fields)
    decision = AnnouncingDecision.objects.get()
    assert response.url == address("decision_detail", decision.pk)
    assert "chưa đến ngày" in client.get(response.url).content.decode()
    file = client.get(address("decision_file", decision.pk))
    assert (file["Content-Type"], b"".join(file.streaming_content)[:5]) == ("application/pdf", b"%PDF-")
    file.close()


def test_import_shows_the_report_first(keepers, sign_in, own_file_store):
    client, url = sign_in(keepers.writer), address("catalogue_import")
    file = io.BytesIO(as_csv(BIRTH).content)
    file.name = "thủ tục.csv"
    response = client.post(url, {"file": file})
    assert "1 thủ tục có thời hạn chưa rõ đơn vị" in response.content.decode()
    assert not ProcedureVersion.objects.exists()
    token = response.context["token"]
    other = sign_in(keepers.leader).post(url, {"token": token})
    assert "của người khác" in other.content.decode()
    assert client.post(url, {"token": token}).status_code == 302
    assert ProcedureVersion.objects.get().state == VersionState.DRAFT
    assert client.post(url, {"token": "x"}).status_code == 422


def test_a_refused_file_shows_which_row(keepers, sign_in):
    client, url = sign_in(keepers.writer), address("catalogue_import")
    file = SimpleUploadedFile("a.csv", as_csv([*BIRTH, line(code="abc")]).content)
    response = client.post(url, {"file": file})
    assert response.status_code == 422
    assert "chưa nhập được; chưa có gì được ghi" in response.content.decode()
    assert (
        "token" not in response.content.decode().split("<main")[1].split('type="hidden" name="token"')[0][:0]
    )
    assert client.post(url, {}).status_code == 422


def test_commitment_is_previewed_and_then_written(keepers, active, sign_in):
    client, url = sign_in(keepers.writer), address("commitment")
    assert client.get(url).status_code == 200
    assert client.post(url, {"percent": "50"}).status_code == 422
    preview = client.post(url, {"percent": "50", "procedure": active.pk}).content.decode()
    assert "đang hẹn 3 ngày làm việc → <strong>1 ngày làm việc</strong> (giảm 66 %)" in preview
    assert ProcedureVersion.objects.count() == 1
    assert client.post(url, {"percent": "50", "procedure": active.pk, "confirm": "yes"}).status_code == 302
    assert ProcedureVersion.objects.filter(state=VersionState.DRAFT).count() == 1
    assert client.post(url, {"percent": "99", "procedure": active.pk}).status_code == 422


@pytest.mark.parametrize("name", ["procedure_create", "catalogue_import", "commitment", "decision_create"])
def test_pages_that_change_the_catalogue_are_closed_to_others(keepers, sign_in, name):
    client = sign_in(keepers.outsider)
    assert client.get(address(name)).status_code == 403
    assert client.post(address(name), {"token": json.dumps([1])}).status_code == 403


@pytest.mark.parametrize("name", ["version_verify", "version_activate", "version_send_back", "case_add"])
def test_steps_are_closed_to_others(keepers, draft, sign_in, name):
    response = sign_in(keepers.outsider).post(
        address(name, draft.pk), {"on": "01/10/2025", "reason": "vì sao"}
    )
    assert response.status_code == 403
    assert content_of(ProcedureVersion.objects.get(pk=draft.pk)) == content_of(draft)

"""The pages of the seal: each step by who may take it, refusals in words, nothing for whom it is about."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.actions.enter import enter
from complaints.actions.open_seal import answer_opening, ask_opening
from complaints.actions.take_in_transfer import take_in_transfer
from complaints.enums import DutyKind, MatterKind, SealedKind
from complaints.models import Opening, SealedRecord, Transfer
from tests.complaints.test_planted_name import document
from tests.factories.entries import LAN, content, entry
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import SealedOffice, key_of, make_sealed_office, passphrase_of
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_file_store")]
REASON = "Xác minh điều kiện thụ lý"


@pytest.fixture
def office() -> SealedOffice:
    office = make_sealed_office(AgencyFactory(), at=timezone.now())
    key_of(office.keeper)
    return office


@pytest.fixture
def matter(office):
    now = timezone.now()
    return enter(office.keeper, entry(content(MatterKind.DENUNCIATION), at=now), at=now).matters.get()


def address(name: str, *args: int) -> str:
    return reverse(f"complaints:{name}", args=args)


@pytest.mark.rule("complaints", 37)
@pytest.mark.rule("complaints", 38)
def test_asked_agreed_released_and_read_on_the_pages_each_by_another(office, matter):
    keeper, head, custodian = (signed_in(one) for one in (office.keeper, office.head, office.custodian))
    ask = {"kind": "person", "reason": REASON}
    empty = keeper.post(address("sealed_ask", matter.pk), {**ask, "reason": " "})
    assert empty.status_code == 422
    assert keeper.post(address("sealed_ask", matter.pk), ask).status_code == 302
    again = keeper.post(address("sealed_ask", matter.pk), ask)
    assert "đang chờ duyệt" in again.content.decode()
    opening = Opening.objects.get()
    own = keeper.post(address("opening_answer", opening.pk), {"agrees": "yes"})
    assert "không được tự duyệt" in own.content.decode()
    why = head.post(address("opening_answer", opening.pk), {"agrees": "no", "answer": ""})
    assert (why.status_code, "lý do không đồng ý" in why.content.decode()) == (422, True)
    early = custodian.post(address("opening_release", opening.pk), {"passphrase": "x"})
    assert "chưa được duyệt" in early.content.decode()
    assert head.post(address("opening_answer", opening.pk), {"agrees": "yes"}).status_code == 302
    wrong = custodian.post(address("opening_release", opening.pk), {"passphrase": "không phải câu này"})
    assert (wrong.status_code, "Còn 4 lần thử" in wrong.content.decode()) == (422, True)
    words = {"passphrase": passphrase_of(office.custodian)}
    assert custodian.post(address("opening_release", opening.pk), words).status_code == 302
    other = head.post(address("opening_read", opening.pk), {"passphrase": passphrase_of(office.head)})
    assert "Chỉ người được nêu tên" in other.content.decode()
    read = keeper.post(address("opening_read", opening.pk), {"passphrase": passphrase_of(office.keeper)})
    assert LAN.name in read.content.decode()
    # Inspector, custodian and head see each reading; none of their pages says who it was.
    for one in (office.inspector, office.custodian, office.head):
        page = signed_in(one).get(address("opening_detail", opening.pk)).content.decode()
        assert "Các lần xem" in page
        assert REASON in page
        assert LAN.name not in page


@pytest.mark.rule("complaints", 35)
def test_for_whom_it_is_about_and_who_has_no_part_there_is_no_such_page(office, matter):
    now = timezone.now()
    denounced = appointed(office.agency, DutyKind.PROTECTED, DutyKind.INSPECTOR, DutyKind.CUSTODIAN)
    opening = ask_opening(office.keeper, matter.letter, kind=SealedKind.PERSON, reason=REASON, at=now)
    answer_opening(office.head, opening, agrees=True, at=now)
    matter.subject_membership = denounced.membership
    matter.save()
    outsiders = (
        denounced,
        appointed(office.agency, DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.RECEPTION),
        actor_for(MembershipFactory(agency=office.agency, agency_admin=True)),
        actor_for(MembershipFactory(agency=office.agency, system_admin=True)),
        actor_for(MembershipFactory(leader=True)),
    )
    for one in outsiders:
        client = signed_in(one)
        assert client.get(address("opening_detail", opening.pk)).status_code == 404
        assert matter.letter.code not in client.get(address("opening_list")).content.decode()
        for name in ("answer", "release", "read"):
            gone = client.post(address(f"opening_{name}", opening.pk), {"passphrase": "x", "agrees": "yes"})
            assert gone.status_code == 404, (one, name)
        for name in ("sealed_ask", "sealed_copy_add", "sealed_original_add"):
            assert client.post(address(name, matter.pk), {}).status_code == 404, (one, name)
    opening.refresh_from_db()
    assert opening.released_at is None


@pytest.mark.rule("complaints", 38)
def test_originals_are_closed_and_given_as_a_file_to_the_one_named(office, matter):
    keeper = signed_in(office.keeper)
    scan = io.BytesIO(document("Đơn tố cáo", LAN.address, author=LAN.name))
    scan.name = "don-cua-ba-lan.docx"
    sent = keeper.post(address("sealed_original_add", matter.pk), {"original-file": scan})
    assert sent.status_code == 302
    assert SealedRecord.objects.filter(kind=SealedKind.ORIGINAL).count() == 1
    naming = io.BytesIO(document(f"Bà {LAN.name} trình bày", "", author="x"))
    naming.name = "che.docx"
    refused = keeper.post(address("sealed_copy_add", matter.pk), {"copy-file": naming})
    assert (refused.status_code, "đang niêm phong" in refused.content.decode()) == (422, True)
    now = timezone.now()
    opening = ask_opening(office.keeper, matter.letter, kind=SealedKind.ORIGINAL, reason=REASON, at=now)
    answer_opening(office.head, opening, agrees=True, at=now)
    words = {"passphrase": passphrase_of(office.custodian)}
    assert signed_in(office.custodian).post(address("opening_release", opening.pk), words).status_code == 302
    typed = {"passphrase": passphrase_of(office.keeper), "number": 1}
    paper = keeper.post(address("opening_read", opening.pk), typed)
    assert paper.content == scan.getvalue()
    assert matter.letter.code in paper["Content-Disposition"]
    assert "lan" not in paper["Content-Disposition"].lower().replace(matter.letter.code.lower(), "")
    assert "no-store" in paper["Cache-Control"]


@pytest.mark.rule("complaints", 16)
def test_the_custodian_above_sends_the_annex_from_the_page_of_keys():
    now = timezone.now()
    above = AgencyFactory(province=True)
    higher, below = (make_sealed_office(one, at=now) for one in (above, AgencyFactory(parent=above)))
    told = content(
        MatterKind.DENUNCIATION,
        subject="Chủ tịch",
        subject_agency=below.agency,
        subject_membership=below.head.membership,
    )
    enter(below.keeper, entry(told, at=now), at=now)
    there = take_in_transfer(higher.keeper, Transfer.objects.get(), at=now).letter
    send, keys = address("annex_send", there.pk), address("sealing_keys")
    for outsider in (below.custodian, below.head, higher.head, higher.keeper):
        client = signed_in(outsider)
        assert there.code not in client.get(keys).content.decode()
        assert client.post(send, {"passphrase": passphrase_of(outsider)}).status_code == 404
    custodian = signed_in(higher.custodian)
    assert there.code in custodian.get(keys).content.decode()
    wrong = custodian.post(send, {"passphrase": "không phải câu này"})
    assert (wrong.status_code, "Còn 4 lần thử" in wrong.content.decode()) == (422, True)
    assert custodian.post(send, {"passphrase": passphrase_of(higher.custodian)}).status_code == 302
    assert there.code not in custodian.get(keys).content.decode()
    assert there.sealed_records.exists()

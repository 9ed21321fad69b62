"""The registry's check and its number: what is genuine gets one, what is not gets none."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as current

from documents.actions.deliver import deliver_hop
from documents.actions.enter_paper import AlreadyEntered, PaperContent, SecretPaperRefused, enter_paper
from documents.actions.receive import CopyNotDetermined, CopyNotGenuine, register
from documents.actions.return_ import ReasonMissing, return_
from documents.enums import DeliveryState
from documents.models import Delivery, DeliveryChange, Document, IncomingEntry
from egov.files.store import put, read_checked
from egov.organizations.models import Membership
from egov.signing.models import ValidationReport
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.documents import KindFactory, Office
from tests.factories.organizations import actor_for

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = MONDAY_MORNING


@pytest.fixture
def delivery(office: Office) -> Delivery:
    """A genuine document of the province that has just arrived in Chi's commune."""
    return sent(office, at=NOW)


def sent(office: Office, *, at: datetime) -> Delivery:
    document = office.issued(at=NOW)
    deliver_hop(document.pk, document.agency_id, at)
    return Delivery.objects.get(document=document)


def codes(delivery: Delivery) -> list[str]:
    return list(delivery.changes.order_by("id").values_list("code", flat=True))


def paper(**facts: object) -> PaperContent:
    return PaperContent(
        **{
            "kind": KindFactory(letter=True),
            "author_name": "Bộ Nội vụ",
            "notation": "414/BNV-VTLTNN",
            "dated_on": NOW.date(),
            "abstract": "Về việc quản lý con dấu",
        }
        | facts
    )


@pytest.mark.rule("documents", 16)
@pytest.mark.rule("documents", 18)
def test_a_genuine_document_is_registered_and_the_sender_told(cast: Cast, delivery: Delivery) -> None:
    assert codes(delivery) == ["01"]
    entry = register(cast.chi, delivery, at=NOW)
    delivery.refresh_from_db()
    assert (entry.number, entry.year, entry.agency_id) == (1, 2025, cast.chi.agency.pk)
    assert delivery.state == DeliveryState.REGISTERED
    assert delivery.registered_at == NOW
    assert codes(delivery) == ["01", "03"]
    assert delivery.validation.status == "valid"
    assert delivery.validation.sha256 == delivery.document.file.sha256


@pytest.mark.rule("documents", 17)
def test_registering_twice_is_one_entry_and_one_answer(cast: Cast, delivery: Delivery) -> None:
    register(cast.chi, delivery, at=NOW)
    with pytest.raises(NotPermitted):
        register(cast.chi, delivery, at=NOW)
    assert IncomingEntry.objects.count() == 1
    assert codes(delivery) == ["01", "03"]


def test_a_second_factor_is_not_needed_to_register(cast: Cast, delivery: Delivery) -> None:
    register(actor_for(cast.chi.membership, second_factor=False), delivery, at=NOW)


def test_only_the_registry_of_the_recipient(cast: Cast, delivery: Delivery) -> None:
    leader = actor_for(
        Membership.objects.create(
            user=cast.chi.user,
            agency=cast.chi.agency,
            position="Chủ tịch",
            role="leader",
            valid_from=NOW.date(),
        )
    )
    for actor in (cast.an, cast.binh, cast.dung, cast.em, leader):
        with pytest.raises(NotPermitted):
            register(actor, delivery, at=NOW)
        with pytest.raises(NotPermitted):
            return_(actor, delivery, reason="Gửi nhầm", at=NOW)
    assert not IncomingEntry.objects.exists()


@pytest.mark.rule("documents", 14)
def test_bytes_changed_in_the_store_are_found(cast: Cast, delivery: Delivery) -> None:
    path = Path(current.STORAGES["documents"]["OPTIONS"]["location"]) / delivery.document.file.name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(CopyNotGenuine, match="thay đổi"):
        register(cast.chi, delivery, at=NOW)
    assert_nothing_taken(delivery)


@pytest.mark.rule("documents", 14)
@pytest.mark.parametrize("what", ["altered", "unsigned", "unreadable"])
def test_what_is_not_genuine_gets_no_number(cast: Cast, delivery: Delivery, what: str) -> None:
    genuine = read_checked(delivery.document.file)
    broken = {
        "altered": genuine.replace(b"/MediaBox", b"/mediaBox", 1),
        "unsigned": genuine[: genuine.index(b"%%EOF") + 6],
        "unreadable": b"%PDF-1.7\n" + b"\0" * 500,
    }[what]
    assert broken != genuine
    Document.objects.filter(pk=delivery.document_id).update(file=put(broken, media_type="application/pdf"))
    with pytest.raises(CopyNotGenuine, match="Hãy trả lại nơi gửi"):
        register(cast.chi, delivery, at=NOW)
    assert_nothing_taken(delivery)
    return_(cast.chi, delivery, reason="Văn bản bị thay đổi", at=NOW)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RETURNED
    assert delivery.validation.status == "invalid"


@pytest.mark.rule("documents", 14)
def test_the_seal_of_another_agency_is_not_the_senders(cast: Cast, delivery: Delivery) -> None:
    """The packet says Sở Nội vụ; the seal on the paper says UBND tỉnh."""
    Document.objects.filter(pk=delivery.document_id).update(agency=cast.dung.agency)
    with pytest.raises(CopyNotGenuine, match="không phải của cơ quan gửi"):
        register(cast.chi, delivery, at=NOW)
    assert_nothing_taken(delivery)


@pytest.mark.rule("documents", 36)
def test_a_signer_without_authority_that_day(cast: Cast, delivery: Delivery) -> None:
    Membership.objects.filter(pk=cast.binh.membership.pk).update(valid_to=NOW.date())
    with pytest.raises(CopyNotGenuine, match="không có thẩm quyền"):
        register(cast.chi, delivery, at=NOW)
    assert_nothing_taken(delivery)


@pytest.mark.rule("documents", 34)
def test_not_determined_needs_the_clerks_own_word(cast: Cast, office: Office) -> None:
    """Revocation lists at hand do not reach the day of arrival: the service was down for weeks."""
    late = NOW + timedelta(days=40)
    delivery = sent(office, at=late)
    with pytest.raises(CopyNotDetermined, match="Chưa xác định"):
        register(cast.chi, delivery, at=late)
    assert_nothing_taken(delivery)
    entry = register(cast.chi, delivery, at=late, acknowledgement="Đã gọi điện cho Văn phòng UBND tỉnh")
    delivery.refresh_from_db()
    assert entry.note == "Đã gọi điện cho Văn phòng UBND tỉnh"
    assert delivery.validation.status == "not_determined"


@pytest.mark.rule("documents", 14)
def test_a_return_needs_a_reason_and_tells_it(cast: Cast, delivery: Delivery) -> None:
    for empty in ("", "   ", "\u200b\u202e"):
        with pytest.raises(ReasonMissing):
            return_(cast.chi, delivery, reason=empty, at=NOW)
    return_(cast.chi, delivery, reason="Gửi nhầm xã", at=NOW)
    assert codes(delivery) == ["01", "02"]
    assert delivery.changes.get(code="02").note == "Gửi nhầm xã"
    with pytest.raises(NotPermitted):
        register(cast.chi, delivery, at=NOW)


@pytest.mark.rule("documents", 5)
def test_one_series_for_paper_and_electronic(cast: Cast, office: Office) -> None:
    first = register(cast.chi, sent(office, at=NOW), at=NOW)
    second = enter_paper(cast.chi, paper(), at=NOW)
    returned = sent(office, at=NOW)
    return_(cast.chi, returned, reason="Gửi nhầm", at=NOW)
    third = register(cast.chi, sent(office, at=NOW), at=NOW)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]


@pytest.mark.rule("documents", 5)
@pytest.mark.rule("documents", 2)
def test_the_year_follows_vietnamese_time(cast: Cast, office: Office) -> None:
    before = datetime(2025, 12, 31, 23, 59, tzinfo=VIETNAM)
    after = datetime(2026, 1, 1, 0, 1, tzinfo=VIETNAM)
    assert enter_paper(cast.chi, paper(notation="1/BNV"), at=before).year == 2025
    entry = enter_paper(cast.chi, paper(notation="2/BNV"), at=after)
    assert (entry.year, entry.number) == (2026, 1)


@pytest.mark.rule("documents", 18)
def test_paper_that_follows_gets_no_second_number(cast: Cast, delivery: Delivery) -> None:
    register(cast.chi, delivery, at=NOW)
    document = delivery.document
    follower = paper(author_name=document.author_name, notation=document.notation, dated_on=document.dated_on)
    with pytest.raises(AlreadyEntered, match="số đến 1/2025"):
        enter_paper(cast.chi, follower, at=NOW)
    enter_paper(cast.chi, paper(notation="Không số"), at=NOW)
    enter_paper(cast.chi, paper(notation="Không số"), at=NOW)


@pytest.mark.rule("documents", 30)
@pytest.mark.parametrize("facts", [{"secrecy": "mật"}, {"abstract": "MẬT - Phương án"}])
def test_secret_paper_is_not_even_summarised(cast: Cast, facts: dict[str, str]) -> None:
    with pytest.raises(SecretPaperRefused):
        enter_paper(cast.chi, paper(**facts), at=NOW)
    assert not Document.objects.exists()


def test_paper_tells_no_sender(cast: Cast) -> None:
    entry = enter_paper(cast.chi, paper(), at=NOW)
    assert codes(entry.delivery) == [""]
    assert not DeliveryChange.objects.exclude(code="").exists()


def assert_nothing_taken(delivery: Delivery) -> None:
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ARRIVED
    assert codes(delivery) == ["01"]
    assert not IncomingEntry.objects.exists()
    assert not ValidationReport.objects.exists()

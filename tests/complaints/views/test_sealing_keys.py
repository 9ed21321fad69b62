"""The keys of a body on one page: made, named, recovered; passphrases go in and never come back."""

import pytest
from django.urls import reverse

from complaints.actions.recover_key import ask_recovery
from complaints.enums import DutyKind
from complaints.models import SealingKey
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import key_of, make_sealed_office, passphrase_of
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
KEYS = "complaints:sealing_keys"


def step(name: str) -> str:
    return reverse("complaints:sealing_step", args=[name])


def test_somebody_makes_their_key_and_sees_nothing_of_the_bodys():
    office = make_sealed_office(AgencyFactory())
    handler = appointed(office.agency, DutyKind.HANDLING)
    client = signed_in(handler)
    words = passphrase_of(handler)
    wrong = client.post(step("make"), {"passphrase": words, "again": "khác"})
    assert wrong.status_code == 422
    assert words not in wrong.content.decode()
    assert client.post(step("make"), {"passphrase": words, "again": words}).status_code == 302
    page = client.get(reverse(KEYS)).content.decode()
    assert key_of(handler).fingerprint in page
    assert office.custodian.user.full_name not in page


def test_the_head_sees_who_keeps_and_what_is_missing():
    agency = AgencyFactory()
    head = actor_for(MembershipFactory(agency=agency, leader=True))
    assert "Chưa đủ người giữ khóa" in signed_in(head).get(reverse(KEYS)).content.decode()
    custodian = appointed(agency, DutyKind.CUSTODIAN)
    first, second = (key_of(appointed(agency)) for _time in range(2))
    key_of(custodian)
    client = signed_in(head)
    assert client.post(step("holders"), {"first": first.pk, "second": first.pk}).status_code == 422
    assert client.post(step("holders"), {"first": first.pk, "second": second.pk}).status_code == 302
    page = client.get(reverse(KEYS)).content.decode()
    assert "Chưa đủ người giữ khóa" not in page
    assert custodian.user.full_name in page
    elsewhere = key_of(appointed(AgencyFactory()))
    assert client.post(step("holders"), {"first": first.pk, "second": elsewhere.pk}).status_code == 422


def test_a_recovery_goes_through_the_pages():
    office = make_sealed_office(AgencyFactory())
    successor = appointed(office.agency, DutyKind.CUSTODIAN)
    key = key_of(successor)
    asked = signed_in(office.head).post(
        step("recover"), {"successor": key.pk, "reason": "Người giữ khóa quên mật khẩu"}
    )
    assert asked.status_code == 302
    recovery = office.recovery_key.recoveries.get()
    for who, name in ((office.holders[0], "give"), (office.holders[1], "give"), (successor, "finish")):
        client = signed_in(who)
        assert recovery.reason in client.get(reverse(KEYS)).content.decode()
        address = reverse("complaints:recovery_step", args=[recovery.pk, name])
        assert client.post(address, {"passphrase": "không đúng câu này"}).status_code == 422
        assert client.post(address, {"passphrase": passphrase_of(who)}).status_code == 302
    recovery.refresh_from_db()
    assert recovery.finished_at is not None


def test_a_stranger_finds_no_recovery_and_an_administrator_no_keys():
    office = make_sealed_office(AgencyFactory())
    successor = key_of(appointed(office.agency, DutyKind.CUSTODIAN))
    recovery = ask_recovery(office.head, office.recovery_key, successor, reason="Mất", at=successor.made_at)
    address = reverse("complaints:recovery_step", args=[recovery.pk, "give"])
    stranger = signed_in(actor_for(MembershipFactory(leader=True)))
    assert stranger.post(address, {"passphrase": "x"}).status_code == 404
    admin = signed_in(actor_for(MembershipFactory(agency=office.agency, agency_admin=True)))
    assert admin.get(reverse(KEYS)).status_code == 403
    assert admin.post(step("make"), {"passphrase": "a" * 20, "again": "a" * 20}).status_code in {403, 422}
    assert not SealingKey.objects.filter(owner__role="agency_admin").exists()

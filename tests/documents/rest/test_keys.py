"""Who is let in at the machine door: a valid key of a position that is held today, and nobody else."""

from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from rest_framework.request import Request

from documents.actions.receive import register
from documents.models import Delivery, DeliveryChange
from egov.audit.models import AuditEvent
from egov.organizations.actions.revoke_machine_key import revoke_machine_key
from egov.organizations.models import Agency, MachineKey, Membership
from egov.organizations.rest import (
    MachineKeyAuthentication,
    MachineKeyThrottle,
    WrongKeyThrottle,
    calling,
)
from tests.conftest import MONDAY_MORNING
from tests.documents.rest.conftest import DOOR, client_with, system_of
from tests.factories.organizations import actor_for
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.usefixtures("trust")
READS = {"schema", "delivery_list"}


def addresses(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """Every address of the door, naming what is really there."""
    attachment = delivery.document.attachments.get()
    real = {"pk": delivery.pk, "attachment_pk": attachment.pk}
    for pattern in get_resolver("documents.rest.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        words = {word: real[word] for word in pattern.pattern.converters}
        if pattern.name == "document_movement":
            words = {"pk": delivery.document_id}
        yield pattern.name, reverse(f"documents:rest:{pattern.name}", kwargs=words)


def answers(client: Client, delivery: Delivery) -> dict[str, int]:
    found = {}
    for name, path in addresses(delivery):
        for method in ("get", "post"):
            response = getattr(client, method)(path, content_type="application/json")
            assert response["Content-Type"].startswith("application/json"), (name, response["Content-Type"])
            assert set(response.json()) <= {"detail", "fields"}
            found[f"{method} {name}"] = response.status_code
    assert len(found) == 22
    return found


def refused_everywhere(client: Client, delivery: Delivery) -> None:
    before = DeliveryChange.objects.count(), AuditEvent.objects.count()
    assert set(answers(client, delivery).values()) == {401}
    assert (DeliveryChange.objects.count(), AuditEvent.objects.count()) == before


@pytest.mark.rule("documents", 32)
class TestRefused:
    """On every address, both ways."""

    def test_without_a_key(self, delivery):
        refused_everywhere(client_with(None), delivery)

    def test_with_a_session_instead_of_a_key(self, delivery, cast):
        refused_everywhere(signed_in(cast.chi), delivery)

    def test_with_a_revoked_key(self, delivery, chi_system):
        revoke_machine_key(actor_for(chi_system.key.created_by), chi_system.key, at=MONDAY_MORNING)
        assert "thu hồi" in chi_system.get("/deliveries/").json()["detail"]
        refused_everywhere(chi_system.client, delivery)

    def test_with_the_key_of_a_position_that_has_ended(self, delivery, chi_system):
        Membership.objects.filter(pk=chi_system.actor.membership.pk).update(valid_to=timezone.localdate())
        refused_everywhere(chi_system.client, delivery)

    @pytest.mark.rule("documents", 42)
    def test_with_the_key_of_an_agency_that_has_ended(self, delivery, chi_system):
        Agency.objects.filter(pk=chi_system.actor.agency.pk).update(valid_to=timezone.localdate())
        refused_everywhere(chi_system.client, delivery)

    def test_with_the_key_of_an_account_that_is_closed(self, delivery, chi_system):
        user = chi_system.actor.user
        user.is_active = False
        user.save()
        refused_everywhere(chi_system.client, delivery)

    def test_the_key_of_another_agency_finds_nothing(self, delivery, dung_system):
        before = DeliveryChange.objects.count()
        found = {}
        for name, path in addresses(delivery):
            if name not in READS:
                for method in ("get", "post"):
                    response = getattr(dung_system.client, method)(
                        path, {"reason": "x", "note": "x"}, content_type="application/json"
                    )
                    found[f"{method} {name}"] = response.status_code
                    assert delivery.document.abstract not in response.content.decode()
        assert set(found.values()) == {404, 405}
        assert found["get delivery_detail"] == found["post delivery_register"] == 404
        assert dung_system.get("/deliveries/").json()["results"] == []
        assert DeliveryChange.objects.count() == before

    def test_a_position_without_the_right_is_told_who_has_it(self, delivery, chi_system):
        """The role of the position was changed after the key was issued: rules decide, not the key."""
        Membership.objects.filter(pk=chi_system.actor.membership.pk).update(role="leader")
        answer = chi_system.post(f"/deliveries/{delivery.pk}/register/")
        assert answer.status_code == 403
        assert answer.json() == {"detail": "Chỉ văn thư của cơ quan nhận được tiếp nhận văn bản đến."}


class TestKey:
    """The header itself."""

    @pytest.mark.parametrize(
        "header",
        [
            "Bearer",
            "Bearer x",
            "Bearer egov-000000000000." + "A" * 43,
            "Basic {token}",
            "{token}",
            "Bearer {token}A",
            "Bearer {prefix}.",
            "Bearer {prefix}." + "A" * 43,
            "Bearer {prefix}\0." + "A" * 43,
            "Bearer {token} {token}",
            "Bearer " + "é" * 50,
            "Bearer " + "." * 100_000,
        ],
    )
    def test_whatever_is_not_a_key_is_a_401_in_words(self, chi_system, header):
        sent = header.format(token=chi_system.token, prefix=chi_system.key.prefix)
        response = client_with(None).get(f"{DOOR}/deliveries/", headers={"authorization": sent})
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == 'Bearer realm="egov"'
        assert response.json() == {"detail": "Khóa kết nối không đúng."}

    def test_a_missing_key_is_told_how_to_be_sent(self, db):
        answer = client_with(None).get(f"{DOOR}/deliveries/")
        assert "Authorization: Bearer" in answer.json()["detail"]

    def test_two_keys_of_one_position_both_open(self, chi_system, cast):
        other = system_of(cast.chi)
        assert other.get("/deliveries/").status_code == chi_system.get("/deliveries/").status_code == 200

    def test_use_is_kept_to_the_hour(self, chi_system, clock, django_assert_num_queries):
        used = MachineKey.objects.filter(pk=chi_system.key.pk).values_list("last_used_at", flat=True)
        assert used.get() is None
        chi_system.get("/deliveries/")
        assert used.get() == MONDAY_MORNING
        clock.shift(600)
        with django_assert_num_queries(3):  # the key, its position, the list
            chi_system.get("/deliveries/")
        assert used.get() == MONDAY_MORNING
        clock.shift(3600)
        chi_system.get("/deliveries/")
        assert used.get() == timezone.now()

    def test_a_key_is_no_second_factor(self, chi_system):
        """What asks for one, such as sealing or administration, is out of reach whatever the role."""
        request = Request(RequestFactory(headers={"authorization": f"Bearer {chi_system.token}"}).get("/"))
        MachineKeyAuthentication().authenticate(request)
        assert calling(request).membership == chi_system.actor.membership
        assert calling(request).second_factor is False

    def test_what_a_system_does_is_recorded_with_its_position_address_and_key(
        self, delivery, cast, chi_system
    ):
        system_of(cast.chi)  # another key of the same position
        chi_system.get(f"/deliveries/{delivery.pk}/")
        read = AuditEvent.objects.get(action="documents.read")
        assert read.details["machine_key"] == chi_system.key.prefix
        chi_system.post(f"/deliveries/{delivery.pk}/register/")
        event = AuditEvent.objects.filter(action="documents.register").get()
        assert event.user_id == chi_system.actor.user_id
        assert event.address.startswith("2001:db8::")
        assert event.details["machine_key"] == chi_system.key.prefix

    def test_what_the_person_does_names_no_key(self, delivery, cast):
        register(cast.chi, delivery, at=MONDAY_MORNING)
        assert "machine_key" not in AuditEvent.objects.get(action="documents.register").details


class TestThrottle:
    """Counted in the real Valkey."""

    def test_one_key_gets_so_many_requests_and_another_is_not_held_up(
        self, chi_system, dung_system, monkeypatch
    ):
        monkeypatch.setattr(MachineKeyThrottle, "rate", "3/min", raising=False)
        seen = [chi_system.get("/deliveries/").status_code for _ in range(5)]
        assert seen == [200, 200, 200, 429, 429]
        held = chi_system.get("/deliveries/")
        assert held["Retry-After"] == "60"
        assert "Gửi quá nhiều yêu cầu" in held.json()["detail"]
        assert dung_system.get("/deliveries/").status_code == 200

    def test_wrong_keys_from_one_address_are_counted_and_right_ones_still_open(self, chi_system, monkeypatch):
        monkeypatch.setattr(WrongKeyThrottle, "rate", "3/min", raising=False)
        client = client_with("egov-000000000000." + "A" * 43)
        seen = [client.get(f"{DOOR}/deliveries/").status_code for _ in range(5)]
        assert seen == [401, 401, 401, 429, 429]
        right = client.get(f"{DOOR}/deliveries/", headers={"authorization": f"Bearer {chi_system.token}"})
        assert right.status_code == 200

    def test_without_valkey_nobody_is_held_up(self, chi_system, settings):
        nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": nowhere}
        assert chi_system.get("/deliveries/").status_code == 200

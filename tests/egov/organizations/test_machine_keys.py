"""Keys of agencies' own systems: who issues them, what is kept of them, when they stop opening."""

import html
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from egov.audit.models import AuditEvent
from egov.organizations.actions.issue_machine_key import (
    NameMissing,
    NotRegistry,
    PositionNotHeld,
    issue_machine_key,
)
from egov.organizations.actions.revoke_machine_key import KeyAlreadyRevoked, revoke_machine_key
from egov.organizations.models import MachineKey, Membership
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.organizations import MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def admin(cast):
    return actor_for(MembershipFactory(agency=cast.chi.agency, agency_admin=True))


def words(answer: HttpResponse) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


class TestIssuing:
    """The action."""

    def test_the_secret_is_told_once_and_only_its_hash_is_kept(self, admin, cast):
        key = issue_machine_key(admin, cast.chi.membership, name=" iOffice ", at=NOW)
        prefix, _dot, secret = key.token.partition(".")
        kept = MachineKey.objects.get()
        assert (kept.prefix, kept.name, kept.token) == (prefix, "iOffice", "")
        assert len(secret) == 43
        columns = MachineKey.objects.values().get()
        assert not any(secret in str(value) for value in columns.values())
        assert kept.opens_with(secret)
        assert not kept.opens_with(secret[:-1] + ("A" if secret[-1] != "A" else "B"))
        event = AuditEvent.objects.get(action="organizations.issue_machine_key")
        assert event.details == {"made": f"organizations.machinekey {kept.pk}"}
        assert event.user_id == admin.user_id

    def test_the_administrator_of_the_system_may_too(self, cast):
        root = actor_for(MembershipFactory(agency=cast.an.agency, system_admin=True))
        assert issue_machine_key(root, cast.chi.membership, name="iOffice", at=NOW).pk

    def test_nobody_else_may(self, admin, cast):
        key = issue_machine_key(admin, cast.chi.membership, name="iOffice", at=NOW)
        elsewhere = actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True))
        without_factor = actor_for(admin.membership, second_factor=False)
        for actor in (cast.an, cast.chi, cast.dung, cast.em, elsewhere, without_factor):
            with pytest.raises(NotPermitted):
                issue_machine_key(actor, cast.chi.membership, name="iOffice", at=NOW)
            with pytest.raises(NotPermitted):
                revoke_machine_key(actor, key, at=NOW)
        assert MachineKey.objects.filter(revoked_at=None).count() == 1

    def test_only_for_a_registry_position_that_is_held(self, admin, cast):
        leader = MembershipFactory(agency=cast.chi.agency, leader=True)
        with pytest.raises(NotRegistry):
            issue_machine_key(admin, leader, name="iOffice", at=NOW)
        ended = MembershipFactory(agency=cast.chi.agency, registry=True, ended=True)
        with pytest.raises(PositionNotHeld):
            issue_machine_key(admin, ended, name="iOffice", at=NOW)
        with pytest.raises(NameMissing):
            issue_machine_key(admin, cast.chi.membership, name="  ", at=NOW)
        assert not MachineKey.objects.exists()

    def test_a_key_is_revoked_once_and_kept(self, admin, cast):
        key = issue_machine_key(admin, cast.chi.membership, name="iOffice", at=NOW)
        revoke_machine_key(admin, key, at=NOW + timedelta(hours=1))
        with pytest.raises(KeyAlreadyRevoked):
            revoke_machine_key(admin, key, at=NOW + timedelta(hours=2))
        with pytest.raises(DatabaseError), transaction.atomic():
            MachineKey.objects.update(revoked_at=None)
        assert MachineKey.objects.get().revoked_at == NOW + timedelta(hours=1)

    @pytest.mark.parametrize("change", [{"secret_sha256": "0" * 64}, {"prefix": "egov-0"}, {"name": "x"}])
    def test_the_database_refuses_edits(self, admin, cast, change):
        issue_machine_key(admin, cast.chi.membership, name="iOffice", at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            MachineKey.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            MachineKey.objects.all()._raw_delete("default")
        assert MachineKey.objects.get().name == "iOffice"


class TestPage:
    """What an administrator does."""

    def url(self, agency) -> str:
        return reverse("organizations:machine_key_list", args=[agency.pk])

    def test_issued_shown_once_and_revoked(self, admin, cast):
        client, url = signed_in(admin), self.url(cast.chi.agency)
        assert "Chưa cấp khóa nào." in words(client.get(url))
        assert (
            url
            in client.get(reverse("organizations:agency_detail", args=[cast.chi.agency.pk])).content.decode()
        )
        answer = client.post(url, {"name": "iOffice", "membership": cast.chi.membership.pk})
        assert answer.status_code == 200
        key = MachineKey.objects.get()
        assert f"{key.prefix}." in words(answer)
        assert "no-store" in answer["Cache-Control"]
        again = words(client.get(url))
        assert key.prefix in again
        assert f"{key.prefix}." not in again
        client.post(reverse("organizations:machine_key_revoke", args=[key.pk]))
        assert "Đã thu hồi khóa “iOffice”." in words(client.get(url))
        key.refresh_from_db()
        assert key.revoked_at == timezone.now()

    def test_a_key_of_an_ended_position_does_not_show_as_valid(self, admin, cast):
        issue_machine_key(admin, cast.chi.membership, name="iOffice", at=NOW)
        page = signed_in(admin).get(self.url(cast.chi.agency))
        assert "Đang hiệu lực" in words(page)
        Membership.objects.filter(pk=cast.chi.membership.pk).update(valid_to=NOW.date())
        page = signed_in(admin).get(self.url(cast.chi.agency))
        assert "Đang hiệu lực" not in words(page)
        assert "Vị trí đã kết thúc" in words(page)

    def test_what_is_wrong_is_said(self, admin, cast):
        client, url = signed_in(admin), self.url(cast.chi.agency)
        for sent in (
            {},
            {"name": "x", "membership": cast.an.membership.pk},
            {"name": "\0", "membership": "9" * 40},
        ):
            assert client.post(url, sent).status_code == 422
        assert not MachineKey.objects.exists()

    def test_nobody_else_sees_the_page(self, admin, cast):
        key = issue_machine_key(admin, cast.chi.membership, name="iOffice", at=NOW)
        for actor in (
            cast.chi,
            cast.dung,
            actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True)),
        ):
            client = signed_in(actor)
            assert client.get(self.url(cast.chi.agency)).status_code == 403
            assert client.post(reverse("organizations:machine_key_revoke", args=[key.pk])).status_code == 403
        key.refresh_from_db()
        assert key.revoked_at is None

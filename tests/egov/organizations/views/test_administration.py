"""Appointing, ending and delegating through the pages."""

import html

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.organizations.models import Delegation, Membership
from tests.factories.organizations import DelegationFactory, MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


def page(answer: HttpResponse) -> str:
    """What a person reads, without the line breaks of the template."""
    return " ".join(html.unescape(answer.content.decode()).split())


@pytest.fixture
def admin(cast):
    return signed_in(actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True)))


def appointment(**changes: str) -> dict[str, str]:
    return {
        "username": "hangdt",
        "full_name": "Đặng Thị Hằng",
        "position": "Chuyên viên",
        "role": "specialist",
        "valid_from": "15/09/2025",
    } | changes


class TestPeople:
    """The list and what an administrator does there."""

    def url(self, name: str, pk: int) -> str:
        return reverse(f"organizations:{name}", args=[pk])

    def test_colleagues_see_each_other_but_no_sign_in_names(self, cast):
        text = page(signed_in(cast.an).get(self.url("person_list", cast.an.agency.pk)))
        assert "Trần Văn Bình" in text
        assert "Bổ nhiệm" not in text
        assert "Chọn việc" not in text

    def test_another_agency_s_people_are_not_shown(self, cast):
        assert signed_in(cast.dung).get(self.url("person_list", cast.an.agency.pk)).status_code == 403

    def test_an_administrator_appoints_somebody_new(self, admin, cast):
        url = self.url("appointment_create", cast.an.agency.pk)
        assert admin.get(url).status_code == 200
        answer = admin.post(url, appointment(), follow=True)
        assert "Đặng Thị Hằng giữ chức vụ Chuyên viên từ ngày 15/09/2025." in page(answer)
        assert Membership.objects.get(user__username="hangdt").agency == cast.an.agency

    def test_and_somebody_who_has_an_account(self, admin, cast):
        url = self.url("appointment_create", cast.an.agency.pk)
        admin.post(url, appointment(username="dung", full_name=cast.dung.user.full_name))
        assert Membership.objects.filter(user=cast.dung.user).count() == 2

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"username": "dung"}, "là của người có họ tên khác"),
            ({"username": "hằng"}, "Chỉ dùng chữ thường không dấu"),
            ({"valid_from": "31/02/2025"}, "Ghi ngày theo dạng"),
            ({"is_head": "on"}, "đã có người đứng đầu"),
            ({"role": "system_admin"}, "system_admin"),
            ({"valid_from": "01/01/1990"}, "không hoạt động"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_kept(self, admin, cast, changes, words):
        answer = admin.post(self.url("appointment_create", cast.an.agency.pk), appointment(**changes))
        assert answer.status_code == 422
        assert words in page(answer)
        assert not Membership.objects.filter(user__username="hangdt").exists()

    def test_an_administrator_ends_a_position(self, admin, cast):
        url = self.url("appointment_end", cast.an.membership.pk)
        assert cast.an.user.full_name in page(admin.get(url))
        assert admin.post(url, {"on": "01/01/2021"}).status_code == 422
        answer = admin.post(url, {"on": "15/09/2025"}, follow=True)
        assert "thôi giữ chức vụ" in page(answer)
        assert Membership.objects.get(pk=cast.an.membership.pk).valid_to is not None

    def test_accounts_are_helped_where_the_administrator_may(self, admin, cast):
        """Whoever serves elsewhere too is in the care of the system's administrator only."""
        MembershipFactory(user=cast.binh.user, agency=cast.dung.agency)
        TOTPDevice.objects.filter(user__in=[cast.an.user, cast.binh.user]).delete()
        TOTPDevice.objects.create(user=cast.an.user, confirmed=True)

        def offered(browser: Client) -> list[bool]:
            text = browser.get(self.url("person_list", cast.an.agency.pk)).content.decode()
            names = ("invitation_create", "second_factor_reset")
            users = (cast.an.user, cast.binh.user)
            return [reverse(f"accounts:{name}", args=[user.pk]) in text for user in users for name in names]

        assert offered(admin) == [True, True, False, False]
        whole_system = signed_in(actor_for(MembershipFactory(agency=cast.dung.agency, role="system_admin")))
        assert offered(whole_system) == [True, True, True, False]

    @pytest.mark.parametrize("name", ["appointment_create", "appointment_end"])
    @pytest.mark.parametrize("who", ["an", "dung"])
    def test_outsiders_are_refused(self, cast, name, who):
        pk = cast.an.agency.pk if name == "appointment_create" else cast.binh.membership.pk
        browser = signed_in(getattr(cast, who))
        assert browser.get(self.url(name, pk)).status_code == 403
        assert browser.post(self.url(name, pk), appointment(on="15/09/2025")).status_code == 403
        assert Membership.objects.filter(valid_to=None).count() == 4


class TestDelegations:
    """Who signs for whom."""

    def terms(self, holder: Membership, **changes: str) -> dict[str, str]:
        return {
            "holder": str(holder.pk),
            "capacity": "TL.",
            "kinds": "GM, TB, CV",
            "basis": "Quy chế làm việc",
            "valid_from": "15/09/2025",
        } | changes

    @pytest.fixture
    def office_head(self, cast):
        return MembershipFactory(agency=cast.an.agency, office_head=True)

    def test_the_head_gives_and_takes_back(self, cast, office_head, clock):
        head = signed_in(cast.binh)
        url = reverse("organizations:delegation_create", args=[cast.an.agency.pk])
        assert office_head.user.full_name in page(head.get(url))
        text = page(head.post(url, self.terms(office_head), follow=True))
        assert "Đang hiệu lực" in text
        given = Delegation.objects.get()
        assert given.kinds == ["GM", "TB", "CV"]
        text = page(head.post(reverse("organizations:delegation_revoke", args=[given.pk]), follow=True))
        assert "Đã thu hồi" in text

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"capacity": "TUQ."}, "phải có ngày kết thúc"),
            ({"kinds": "GM; 12"}, "cách nhau bằng dấu phẩy"),
            ({"valid_from": "01/01/2000"}, "đang giữ chức vụ"),
        ],
    )
    def test_what_the_decree_forbids_is_said(self, cast, office_head, changes, words):
        url = reverse("organizations:delegation_create", args=[cast.an.agency.pk])
        answer = signed_in(cast.binh).post(url, self.terms(office_head, **changes))
        assert answer.status_code == 422
        assert words in page(answer)
        assert not Delegation.objects.exists()

    def test_outsiders_are_refused(self, cast, office_head):
        given = DelegationFactory(grantor=cast.binh.membership, holder=office_head)
        for who in (cast.an, cast.dung):
            browser = signed_in(who)
            create = reverse("organizations:delegation_create", args=[cast.an.agency.pk])
            assert browser.post(create, self.terms(office_head)).status_code == 403
            assert (
                browser.post(reverse("organizations:delegation_revoke", args=[given.pk])).status_code == 403
            )
        listing = reverse("organizations:delegation_list", args=[cast.an.agency.pk])
        assert signed_in(cast.dung).get(listing).status_code == 403
        assert page(signed_in(cast.an).get(listing)).count("Thu hồi") == 0

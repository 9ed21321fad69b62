"""Every page renders for every role, whole and in words; a name that a view forgot to pass fails here."""

import pytest
from django.urls import reverse

from documents.models import Document
from egov.organizations.enums import Role
from tests.conftest import MONDAY_MORNING
from tests.factories.deliveries import arrived, make_desk, registered
from tests.factories.organizations import MembershipFactory, actor_for

LISTS = [
    "/today/",
    "/documents/incoming/",
    "/documents/outgoing/",
    "/documents/to-sign/",
    "/search/",
    "/search/?q=ra+soat",
    "/documents/compose/",
]
STEPS = ["draft", "submitted", "signed", "numbered", "sealed", "issued"]
ROLES = ["registry", "leader", "office_head", "specialist", "agency_admin", "system_admin"]


@pytest.mark.parametrize("role", ROLES)
def test_lists_render_for_every_role(cast, sign_in, role):
    arrived(cast.an.agency, at=MONDAY_MORNING)
    client = sign_in(actor_for(MembershipFactory(agency=cast.an.agency, role=Role(role))))
    for address in LISTS:
        response = client.get(address)
        wanted = 403 if address == "/documents/compose/" and role.endswith("admin") else 200
        assert response.status_code == wanted, address
        assert "</html>" in response.content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_a_document_renders_at_every_step_for_those_who_see_it(office, cast, sign_in, step):
    document: Document = office.draft() if step == "draft" else getattr(office, step)(at=MONDAY_MORNING)
    for actor in (cast.an, cast.binh):
        response = sign_in(actor).get(reverse("documents:document_detail", args=[document.pk]))
        hidden = step == "draft" and actor is cast.binh
        assert response.status_code == (404 if hidden else 200)
        if not hidden:
            assert document.abstract in response.content.decode()


def test_what_cannot_be_done_says_why(office, cast, sign_in):
    document = office.numbered(at=MONDAY_MORNING)
    page = sign_in(cast.binh).get(reverse("documents:document_detail", args=[document.pk])).content.decode()
    assert "Chỉ văn thư của cơ quan ban hành được ký số của cơ quan." in page
    assert "Đóng dấu</button>" not in page


def test_signatures_are_sentences_with_each_check_on_its_own_line(office, cast, sign_in):
    document = office.issued(at=MONDAY_MORNING)
    page = sign_in(cast.an).get(reverse("documents:document_detail", args=[document.pk])).content.decode()
    assert "Chữ ký hợp lệ của" in page
    assert page.count('class="check-yes"') > 8


def test_an_incoming_document_renders_for_everyone_on_its_way(cast, sign_in):
    desk = make_desk(cast.an)
    delivery = registered(desk, at=MONDAY_MORNING)
    address = reverse("documents:incoming_detail", args=[delivery.pk])
    for actor in (desk.registry, desk.leader):
        assert sign_in(actor).get(address).status_code == 200
    for actor in (desk.officer, cast.dung):
        assert sign_in(actor).get(address).status_code == 404


@pytest.mark.parametrize("name", ["outgoing", "incoming", "follow-up"])
def test_registers_open_for_those_who_see_the_whole_agency(cast, sign_in, name):
    desk = make_desk(cast.an)
    registered(desk, at=MONDAY_MORNING)
    addresses = (
        f"/documents/registers/{name}/",
        f"/documents/registers/{name}/?year=2024",
        f"/documents/registers/{name}/pdf/",
    )
    for address in addresses:
        assert sign_in(desk.registry).get(address).status_code == 200, address
        assert sign_in(desk.officer).get(address).status_code == 403, address


@pytest.mark.parametrize(
    "address",
    [
        "/documents/incoming/?after=nonsense",
        "/documents/incoming/?before=%00&state=nonsense&urgency=99&due=x",
        "/documents/outgoing/?kind=999999&urgency=-1&q=%27%3A*%26%5C",
        "/documents/outgoing/?queue=nonsense",
        "/documents/registers/outgoing/?year=99999999999999999999",
        "/search/?q=%00",
        "/search/?q=" + "a%20" * 300,
        "/documents/compose/?answers=" + "9" * 30,
    ],
)
def test_nonsense_in_an_address_is_never_a_fault_of_the_server(cast, sign_in, address):
    assert sign_in(cast.an).get(address).status_code in (200, 404)


def test_a_visitor_is_asked_to_sign_in(client, db):
    response = client.get("/documents/incoming/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_somebody_without_a_position_is_told_so(client, cast):
    from tests.factories.accounts import UserFactory

    client.force_login(UserFactory())
    page = client.get("/today/").content.decode()
    assert "không giữ chức vụ nào" in page


@pytest.mark.parametrize(
    ("step", "door"),
    [
        ("submitted", "document_sign"),
        ("signed", "document_number"),
        ("numbered", "document_seal"),
        ("sealed", "document_issue"),
    ],
)
def test_who_has_given_no_second_factor_is_shown_the_way_to_it(office, sign_in, step, door):
    document = getattr(office, step)(at=MONDAY_MORNING)
    who = office.signer if door == "document_sign" else office.registry
    client = sign_in(actor_for(who.membership, second_factor=False))
    addresses = [reverse("documents:document_detail", args=[document.pk])]
    addresses += [reverse("documents:signing_list")] if who is office.signer else []
    for address in addresses:
        page = client.get(address).content.decode()
        assert f'href="/sign-in/code/?next={address}"' in page
        assert f'action="{reverse(f"documents:{door}", args=[document.pk])}"' not in page
        assert 'name="pin"' not in page
        assert 'type="checkbox"' not in page

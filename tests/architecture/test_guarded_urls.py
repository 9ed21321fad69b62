"""Everything is refused by default: every address is walked by a visitor, by a stranger, by a clerk without a
part and by another citizen.

A new address is walked without being listed anywhere; only the few that are open to all are named here, and
those are walked for what they must not tell.
"""

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models import Letter, Matter
from documents.models import Delivery, Document
from egov.organizations.models import Membership
from onestop.models import Dossier, Project
from portal.models import Draft, Inquiry, Upload
from tests.architecture.addresses import Address, addresses
from tests.architecture.planted import SECRET, Planted, fingerprint
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.letters import appointed
from tests.factories.organizations import MembershipFactory, actor_for
from tests.support.signed_in import signed_in

OPEN_TO_ALL = {
    "accounts:login",
    "accounts:second_factor_verify",
    "accounts:invitation_accept",
    "accounts:language",
    "web:health_check",
    # The portal is everybody's; what belongs to one citizen is not named here.
    "portal:home",
    "portal:find",
    "portal:procedure_list",
    "portal:procedure_detail",
    "portal:procedure_checklist",
    "portal:procedure_due",
    "portal:procedure_form",
    "portal:life_event",
    # Says what the filing needs; begins one only for whoever has signed in.
    "portal:apply",
    "portal:agency_list",
    "portal:agency_detail",
    "portal:commune_map",
    "portal:display_set",
    # Where a dossier stands needs its code; what else is told, its secret.
    "portal:lookup",
    "portal:lookup_pay",
    "portal:rate",
    "portal:late_list",
    # Figures and catalogues without anything of a person (rule 55).
    "portal:statistics",
    "portal:open_data",
    "portal:open_data_set",
    "portal:open_data_csv",
    "portal:open_data_json",
    "open_rest:dataset_list",
    "open_rest:dataset_detail",
    "open_rest:dataset_rows",
    "open_rest:schema",
    # Anybody checks a receipt; what they send is not kept.
    "portal:receipt_check",
    # Questions, reports and suggestions: published ones, and one's own by code and secret.
    "portal:questions",
    "portal:question_ask",
    "portal:question_detail",
    "portal:feedback",
    "portal:feedback_send",
    "portal:protected_path",
    "portal:inquiry_sent",
    "portal:inquiry_follow",
    "portal:inquiry_standing",
    # Complaints, denunciations, suggestions: sent by anybody, followed by code and secret.
    "portal:reception_list",
    "portal:reception_detail",
    "portal:letter_results",
    "portal:letter_result",
    "portal:letter_answers",
    "portal:letter_answer",
    "portal:letter_home",
    "portal:letter_send",
    "portal:letter_follow",
    "portal:letter_receipt",
    # A letter's way out of further letters.
    "portal:notices_stop",
    # The touch board of a hall, where nobody signs in.
    "portal:kiosk_home",
    "portal:kiosk_reset",
    "portal:kiosk_procedures",
    "portal:kiosk_procedure",
    "portal:kiosk_checklist",
    "portal:kiosk_lookup",
    "portal:kiosk_rate",
    "portal:kiosk_tickets",
    "portal:kiosk_ticket",
    "portal:kiosk_ticket_paper",
    "portal:kiosk_late",
    # What is published.
    "portal:news",
    "portal:news_feed",
    "portal:guidance",
    "portal:legal_documents",
    "portal:legal_feed",
    "portal:about",
    "portal:paper",
    "portal:article_pdf",
    "portal:sitemap",
    "portal:robots",
    "content_picture",
    "wagtail_serve",
    # The way to a sign-in and out of it.
    "portal:citizen_sign_in",
    "portal:citizen_begin",
    "portal:citizen_callback",
    "portal:citizen_sign_out",
}
# 422 is a page with the refusal in its form: the catalogue is open to all who serve, its steps are not.
# 412: resumable uploads talk to nobody who does not speak their protocol.
REFUSALS = {302, 401, 403, 404, 405, 409, 412, 422, 429}
SERVER_ERROR = 500
# A citizen's pages about themselves; all others that are not open name something that has one owner.
OF_ONESELF = {
    "portal:my_dossiers",
    "portal:my_papers",
    "portal:citizen_settings",
    "portal:citizen_channels",
    "portal:citizen_contact",
    "portal:citizen_confirm",
}
# Lists in which an office sees its own; what is another's is missing, which the secret's absence holds.
OF_EACH_OFFICE = {"portal_desk:inquiry_list", "portal_desk:notice_list"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def walk(planted: Planted) -> list[tuple[str, Address]]:
    """Every address, first as a page, then as a step."""
    return [(method, one) for method in ("get", "post") for one in addresses(planted)]


def answered(client: Client, method: str, address: Address) -> tuple[int, str]:
    response = getattr(client, method)(address.path)
    if response.streaming:
        return response.status_code, b"".join(response.streaming_content).decode("latin-1")
    return response.status_code, response.content.decode("utf-8", "replace")


def test_a_visitor_gets_nowhere(planted: Planted):
    before = fingerprint()
    walked, wrong = 0, []
    for method, address in walk(planted):
        if address.name in OPEN_TO_ALL:
            continue
        status, text = answered(Client(), method, address)
        walked += 1
        if status not in REFUSALS or SECRET in text:
            wrong.append((method, address.name, status))
    assert walked > 100
    assert wrong == []
    assert fingerprint() == before


def test_what_is_open_to_all_tells_no_secret(planted: Planted):
    before = fingerprint()
    known = walk(planted)
    assert {address.name for _method, address in known} >= OPEN_TO_ALL | OF_ONESELF
    wrong = []
    for method, address in known:
        if address.name not in OPEN_TO_ALL:
            continue
        status, text = answered(Client(), method, address)
        if status == SERVER_ERROR or SECRET in text:
            wrong.append((method, address.name, status))
    assert wrong == []
    assert fingerprint() == before


def test_another_citizen_gets_to_their_own_pages_alone(planted: Planted):
    client = signed_in_citizen(Client(), CitizenFactory())
    before = fingerprint()
    wrong = []
    for method, address in walk(planted):
        if address.name in OPEN_TO_ALL | OF_ONESELF:
            continue
        status, text = answered(client, method, address)
        if status not in REFUSALS or SECRET in text:
            wrong.append((method, address.name, status))
    assert wrong == []
    assert fingerprint() == before
    for name in OF_ONESELF:
        address = next(one for one in addresses(planted) if one.name == name)
        assert SECRET not in answered(client, "get", address)[1], name


@pytest.mark.rule("documents", 32)
@pytest.mark.parametrize("who", ["stranger", "uninvolved", "administrator", "former"])
def test_an_official_without_a_part_sees_and_changes_nothing(planted: Planted, cast: Cast, who: str):
    """Another agency's registry; a specialist of the recipient; the administrator of the sender; one who
    left."""
    client = signed_in(person(who, cast, planted))
    before = fingerprint()
    wrong = []
    for method, address in walk(planted):
        if address.name in {"accounts:logout", "accounts:session_end_others", "accounts:password_change"}:
            continue
        if address.name.startswith("organizations:") and who == "administrator" and method == "post":
            continue  # administers this very agency: that is their work, tested with the pages
        if address.name in OPEN_TO_ALL:
            continue
        status, text = answered(client, method, address)
        refused = status in REFUSALS
        if (
            status >= SERVER_ERROR
            or SECRET in text
            or (_is_of_others(address) and not refused)
            or (method == "post" and _is_step(address) and not refused)
        ):
            wrong.append((method, address.name, status))
    assert wrong == []
    assert fingerprint() == before


def person(who: str, cast: Cast, planted: Planted):
    if who == "stranger":
        return cast.dung
    if who == "uninvolved":
        return actor_for(MembershipFactory(agency=cast.chi.agency))
    if who == "administrator":
        return actor_for(MembershipFactory(agency=cast.an.agency, role="agency_admin"))
    left = MembershipFactory(agency=cast.an.agency, registry=True)
    actor = actor_for(left)
    Membership.objects.filter(pk=left.pk).update(valid_to=timezone.localdate())
    return actor


def _is_step(address: Address) -> bool:
    """An address that names a document, delivery, dossier or question: a refusal must be one, not a page."""
    return address.name.startswith(("documents:", "onestop:", "complaints:", "portal_desk:")) and any(
        letter.isdigit() for letter in address.path
    )


def _is_of_others(address: Address) -> bool:
    """Of citizens, of the portal's editors, or of the office that answers: no other official passes by."""
    outside = ("portal:", "portal_desk:", "content", "wagtail", "simple_translation")
    return address.name.startswith(outside) and address.name not in OF_EACH_OFFICE


def test_the_walk_finds_an_open_door(planted: Planted, cast: Cast):
    """The same walk as those whose it is does find the secret: so it would see a leak."""

    def shows(client: Client, app: str, *views: str) -> None:
        wanted = {f"{app}:{view}" for view in views}
        asked = [one for one in addresses(planted) if one.name in wanted]
        assert {one.name for one in asked if SECRET in answered(client, "get", one)[1]} == wanted

    shows(signed_in(cast.an), "documents", "document_detail", "outgoing_list")
    theirs = ("intake_edit", "receipt_detail", "receipt_list", "refund_list", "dossier_detail")
    shows(signed_in(planted.counter), "onestop", *theirs, "handover_detail", "settlement_list")
    citizen = signed_in_citizen(Client(), planted.filing.citizen)
    shows(citizen, "portal", "my_dossier", "my_dossiers", "draft_step")
    author = Membership.objects.select_related("user", "agency").get(user__username="author")
    shows(signed_in(actor_for(author)), "wagtailadmin_pages", "view_draft")
    clerk = signed_in(appointed(cast.an.agency, DutyKind.INTAKE))
    shows(clerk, "complaints", "letter_list", "matter_detail", "letter_register")
    sorter = MembershipFactory(agency=planted.inquiry.coordinator, office_head=True)
    shows(signed_in(actor_for(sorter)), "portal_desk", "inquiry_list", "inquiry_detail")


def test_every_model_row_is_reached_through_a_rule():
    """A QuerySet of these that forgot ``visible_to`` cannot be used by a view."""
    for model in (Document, Delivery, Dossier, Project, Draft, Upload, Inquiry, Letter, Matter):
        assert hasattr(model.objects.all(), "visible_to")
        assert isinstance(model.objects, models.Manager)

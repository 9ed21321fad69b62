"""The demo's news, guidance, legal documents and agencies: written, edited and approved by three officials.

Every text goes the way of the law (rule 51): it is sent, edited and approved through the same steps as by
hand. Names of people are those of the officials who serve in the network.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Locale, Page

from egov.organizations.enums import AgencyKind, Level, Role
from egov.organizations.models import Membership
from portal.content.enums import Duty
from portal.content.foundation import lay_content
from portal.content.models import (
    AboutIndexPage,
    EditorialPage,
    EditorialPost,
    GuidanceIndexPage,
    GuidancePage,
    LegalIndexPage,
    LegalPage,
    LegalTie,
    NewsCategory,
    NewsIndexPage,
    NewsPage,
    OfficialContact,
    OrganisationPage,
    PlainPage,
)
from portal.content.staff import duties_of, mirror_groups

TEXTS = Path(__file__).with_name("content_texts")
HOURS = "7:30 – 11:30, 13:30 – 17:00"
# Each duty with the role that it suits.
DUTIES = {Duty.AUTHOR: Role.SPECIALIST, Duty.EDITOR: Role.OFFICE_HEAD, Duty.APPROVER: Role.OFFICE_HEAD}


class NoOfficials(Exception):
    """There are not three officials in the province to write, edit and approve."""


@dataclass(frozen=True)
class Staff:
    """Accounts of the three who let a text be public."""

    author: Any
    editor: Any
    approver: Any

    def publish(self, page: EditorialPage) -> None:
        """Send, edit, approve."""
        page.get_workflow().start(page, self.author)
        for user in (self.editor, self.approver):
            now = type(page).objects.get(pk=page.pk)
            now.current_workflow_task.specific.on_action(now.current_workflow_task_state, user, "approve")


def seed_content() -> int:
    """Write what is missing; how many texts were published."""
    lay_content()
    staff = appointed()
    return sum(seed(staff) for seed in (seed_about, seed_guidance, seed_legal, seed_news))


def seed_about(staff: Staff) -> int:
    """Agencies with their contacts, and what else the law wants published; most of it in English too."""
    organisations = [_organisation(row, staff) for row in _rows("about", "organisation")]
    return sum(organisations) + sum(_plain(row, staff) for row in _rows("about", "page"))


def seed_guidance(staff: Staff) -> int:
    """How to go about things."""
    return sum(_guidance(row, staff) for row in _rows("guidance", "guidance"))


def appointed() -> Staff:
    """Three officials of the province; their duties stand from today.

    Those who hold a second factor come before the others: only they get into the editors' pages.
    """
    today = timezone.localdate()
    enters = Exists(TOTPDevice.objects.filter(user=OuterRef("user"), confirmed=True))
    serving = (
        Membership.objects.current(today)
        .filter(agency__level=Level.PROVINCE)
        .exclude(role__in=(Role.SYSTEM_ADMIN, Role.AGENCY_ADMIN))
        .select_related("user")
        .annotate(enters=enters)
    )
    office_first = Case(When(agency__kind=AgencyKind.OFFICE, then=Value(0)), default=Value(1))
    users: list[Any] = []
    for duty, role in DUTIES.items():
        fitting = Case(When(role=role, then=Value(0)), default=Value(1))
        membership = (
            serving.exclude(user__in=users)
            .order_by("-enters", fitting, office_first, "agency_id", "id")
            .first()
        )
        if membership is None:
            raise NoOfficials
        EditorialPost.objects.get_or_create(
            membership=membership, duty=duty, valid_to=None, defaults={"valid_from": today}
        )
        mirror_groups(membership.user, duties_of(membership.user))
        users.append(get_user_model().objects.get(pk=membership.user_id))
    return Staff(*users)


def _rows(file: str, name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((TEXTS / f"{file}.toml").read_text(encoding="utf-8"))[name])


def _html(lines: Sequence[str]) -> str:
    """Paragraphs; ``## `` begins a heading, ``- `` an item of a list."""
    pieces: list[str] = []
    for line in lines:
        if line.startswith("## "):
            pieces.append(f"<h2>{escape(line[3:])}</h2>")
        elif line.startswith("- "):
            pieces.append(f"<ul><li>{escape(line[2:])}</li></ul>")
        else:
            pieces.append(f"<p>{escape(line)}</p>")
    return "".join(pieces).replace("</ul><ul>", "")


def _write(page: Any, under: type[Page], staff: Staff, *, language: str = "vi") -> Any:
    """A draft below its section."""
    page.live, page.owner = False, staff.author
    under.objects.get(locale__language_code=language).add_child(instance=page)
    page.save_revision(user=staff.author)
    return type(page).objects.get(pk=page.pk)


def _translate(page: Any, staff: Staff, values: dict[str, Any]) -> None:
    """The English text, approved like the Vietnamese one."""
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in values.items():
        setattr(english, name, value)
    english.first_published_at = page.first_published_at
    english.save()
    english.save_revision(user=staff.author)
    staff.publish(type(page).objects.get(pk=english.pk))


def seed_news(staff: Staff) -> int:
    """News of the last month, the oldest first: what was published last stands on top."""
    categories = {}
    for order, row in enumerate(_rows("news", "category")):
        categories[row["slug"]], _made = NewsCategory.objects.get_or_create(
            slug=row["slug"], defaults={"name": row["name"], "name_en": row["name_en"], "ordinal": order}
        )
    rows = sorted(_rows("news", "news"), key=lambda row: -row["days"])
    return sum(_piece_of_news(row, categories[row["category"]], staff) for row in rows)


def _piece_of_news(row: dict[str, Any], category: NewsCategory, staff: Staff) -> int:
    if NewsPage.objects.filter(title=row["title"]).exists():
        return 0
    page = NewsPage(
        title=row["title"],
        summary=row["summary"],
        body=_html(row["body"]),
        category=category,
        source=row["source"],
        first_published_at=timezone.now() - timedelta(days=row["days"]),
    )
    page = _write(page, NewsIndexPage, staff)
    staff.publish(page)
    return 1 + _with_english(page, staff, row, body=True)


def _with_english(page: Any, staff: Staff, row: dict[str, Any], *, body: bool) -> int:
    english = row.get("en")
    if english is None:
        return 0
    values = {name: english[name] for name in ("title", "slug", "summary") if name in english}
    if body:
        values["body"] = _html(english["body"])
    _translate(type(page).objects.get(pk=page.pk), staff, values)
    return 1


def _guidance(row: dict[str, Any], staff: Staff) -> int:
    if GuidancePage.objects.filter(title=row["title"]).exists():
        return 0
    page = GuidancePage(title=row["title"], slug=row["slug"], summary=row["summary"], body=_html(row["body"]))
    page = _write(page, GuidanceIndexPage, staff)
    staff.publish(page)
    return 1 + _with_english(page, staff, row, body=True)


def _plain(row: dict[str, Any], staff: Staff) -> int:
    if PlainPage.objects.filter(title=row["title"]).exists():
        return 0
    page = PlainPage(title=row["title"], slug=row["slug"], summary=row["summary"], body=_html(row["body"]))
    page = _write(page, AboutIndexPage, staff)
    staff.publish(page)
    return 1 + _with_english(page, staff, row, body=True)


def _organisation(row: dict[str, Any], staff: Staff) -> int:
    if OrganisationPage.objects.filter(title=row["name"]).exists():
        return 0
    page = OrganisationPage(
        title=row["name"],
        slug=row["slug"],
        summary=row["summary"],
        functions=_html(row["functions"]),
        structure=_html(row["structure"]),
        email=row["email"],
        hours=HOURS,
        ordinal=OrganisationPage.objects.count(),
    )
    page.contacts = _contacts(row["name"])
    page = _write(page, AboutIndexPage, staff)
    staff.publish(page)
    english = row["en"]
    _translate(
        OrganisationPage.objects.get(pk=page.pk),
        staff,
        {
            "title": english["name"],
            "summary": english["summary"],
            "functions": _html(english["functions"]),
            "structure": _html(english["structure"]),
        },
    )
    return 2


def _contacts(agency_name: str) -> list[OfficialContact]:
    """Who leads the agency today, as the network of the demo has them."""
    leaders = (
        Membership.objects.current(timezone.localdate())
        .filter(agency__name__iexact=agency_name, role__in=(Role.LEADER, Role.OFFICE_HEAD))
        .select_related("user", "agency")
        .order_by("-is_head", "id")
    )
    return [
        OfficialContact(
            full_name=one.user.full_name,
            post=one.position,
            unit=one.agency.name,
            phone=one.user.phone,
            email=one.user.email,
            is_leader=one.role == Role.LEADER,
        )
        for one in leaders
    ]


def seed_legal(staff: Staff) -> int:
    """Documents in the order of their issue, so that what they replace is there before them."""
    done = 0
    for row in sorted(_rows("legal", "document"), key=lambda row: row["issued"]):
        if LegalPage.objects.filter(number=row["number"]).exists():
            continue
        page = LegalPage(
            title=f"{row['number']}: {row['abstract']}"[:255],
            slug=_slug(row["number"]),
            number=row["number"],
            kind=row["kind"],
            issuer=row["issuer"],
            abstract_text=row["abstract"],
            issued_on=row["issued"],
            effective_on=row.get("effective"),
        )
        page.ties = [
            LegalTie(relation=relation, other=LegalPage.objects.get(number=number))
            for relation, number in row.get("ties", [])
        ]
        staff.publish(_write(page, LegalIndexPage, staff))
        done += 1
    return done


def _slug(number: str) -> str:
    return number.lower().replace("đ", "d").replace("/", "-")

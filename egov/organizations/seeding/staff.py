"""Creates departments, accounts and positions of planned agencies."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.hashers import make_password

from egov.accounts.models import User
from egov.organizations.models import Department, Membership
from egov.organizations.seeding.bulk import insert
from egov.organizations.seeding.names import Usernames, full_names
from egov.organizations.seeding.planner import MAIL_DOMAIN, VALID_FROM, Planned
from egov.organizations.seeding.posts import posts_of


def create_staff(planned: list[Planned], folder: Path) -> int:
    """Fill every post of every agency with a person of their own; returns how many accounts were made.

    The accounts have a password that nobody knows: an invitation opens them.
    """
    rooms: dict[int, list[Department]] = {}
    for room in insert(_departments(planned)):
        rooms.setdefault(room.agency_id, []).append(room)
    posts = [(one.agency, post) for one in planned for post in posts_of(one.row, one.agency.level)]
    users = insert(_accounts(len(posts), folder))
    insert(
        Membership(
            user=user,
            agency=agency,
            department=None if post.room is None else rooms[agency.pk][post.room],
            position=post.position,
            role=post.role,
            is_head=post.is_head,
            valid_from=VALID_FROM,
        )
        for user, (agency, post) in zip(users, posts, strict=True)
    )
    return len(users)


def _departments(planned: list[Planned]) -> Iterator[Department]:
    for one in planned:
        for name, abbreviation in one.row.rooms:
            yield Department(agency=one.agency, name=name, abbreviation=abbreviation)


def _accounts(count: int, folder: Path) -> Iterator[User]:
    usernames = Usernames()
    for _, name in zip(range(count), full_names(folder), strict=False):
        username = usernames.next_for(name)
        yield User(
            username=username,
            full_name=name,
            email=f"{username}@{MAIL_DOMAIN}",
            password=make_password(None),
        )

"""The portal's editors at work: an author, two editors, two approvers, and articles on their way."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from portal.content.enums import Duty, LegalKind
from portal.content.foundation import lay_content
from portal.content.models import (
    EditorialPost,
    GuidanceIndexPage,
    GuidancePage,
    HomePage,
    LegalIndexPage,
    LegalPage,
    NewsCategory,
    NewsIndexPage,
    NewsPage,
)
from portal.content.staff import duties_of, mirror_groups
from tests.factories.accounts import UserFactory
from tests.factories.organizations import MembershipFactory, actor_for

PEOPLE = (
    ("author", "Vũ Thị Hà", Duty.AUTHOR),
    ("editor", "Đỗ Minh Quang", Duty.EDITOR),
    ("other_editor", "Ngô Thị Lan", Duty.EDITOR),
    ("approver", "Bùi Văn Hải", Duty.APPROVER),
    ("other_approver", "Trịnh Thị Mai", Duty.APPROVER),
)


@dataclass
class Newsroom:
    """Who works for the portal at one agency, and what they do."""

    agency: Agency
    top: HomePage = field(default_factory=lay_content)
    people: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for username, full_name, duty in PEOPLE:
            membership = MembershipFactory(
                user=UserFactory(username=username, full_name=full_name), agency=self.agency
            )
            EditorialPost.objects.create(membership=membership, duty=duty, valid_from=timezone.localdate())
            self.people[username] = actor_for(membership)
            self.mirror(self.people[username])

    def __getattr__(self, name: str) -> Any:
        if name in {person[0] for person in PEOPLE}:
            return self.people[name]
        raise AttributeError(name)

    @staticmethod
    def mirror(actor: Actor) -> None:
        """What the door of the editors' pages does at each visit."""
        mirror_groups(actor.user, duties_of(actor.user))

    def news(self, *, title: str = "Khai trương điểm phục vụ mới", **values: Any) -> NewsPage:
        """A draft by the author."""
        category, _made = NewsCategory.objects.get_or_create(
            slug="hoat-dong", defaults={"name": "Hoạt động", "name_en": "Activities"}
        )
        values = {
            "summary": "Người dân làm thủ tục gần nhà hơn.",
            "body": "<p>Điểm phục vụ mở cửa từ thứ Hai.</p>",
            "category": category,
            "source": "Văn phòng UBND tỉnh",
            **values,
        }
        return self.draft(NewsPage(title=title, **values), NewsIndexPage)

    def guidance(self, *, title: str = "Cách nộp hồ sơ trực tuyến", **values: Any) -> GuidancePage:
        """A draft by the author."""
        values = {"summary": "Từng bước một.", "body": "<p>Đăng nhập rồi chọn thủ tục.</p>", **values}
        return self.draft(GuidancePage(title=title, **values), GuidanceIndexPage)

    def legal(self, number: str = "118/2025/NĐ-CP", **values: Any) -> LegalPage:
        """A draft by the author."""
        values = {
            "kind": LegalKind.DECREE,
            "issuer": "Chính phủ",
            "abstract_text": "Thực hiện thủ tục hành chính theo cơ chế một cửa",
            "issued_on": timezone.localdate(),
            **values,
        }
        return self.draft(LegalPage(title=f"Văn bản {number}", number=number, **values), LegalIndexPage)

    def draft(self, page: Any, under: type[Page]) -> Any:
        """Save a page that is not public, as the editors' form does."""
        parent = under.objects.get(locale__language_code="vi")
        page.live, page.has_unpublished_changes, page.owner = False, True, self.author.user
        parent.add_child(instance=page)
        page.save_revision(user=self.author.user)
        return type(page).objects.get(pk=page.pk)

    def send(self, page: Any, *, by: Actor | None = None) -> None:
        """Ask for publication."""
        page.get_workflow().start(page, (by or self.author).user)

    def decide(self, page: Any, actor: Actor, action: str = "approve") -> None:
        """Take the step that the page stands at."""
        page = type(page).objects.get(pk=page.pk)
        user = get_user_model().objects.get(pk=actor.user.pk)
        page.current_workflow_task.specific.on_action(page.current_workflow_task_state, user, action)

    def publish(self, page: Any) -> Any:
        """The whole way: author, editor, approver."""
        self.send(page)
        self.decide(page, self.editor)
        self.decide(page, self.approver)
        return type(page).objects.get(pk=page.pk)

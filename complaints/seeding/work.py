"""One content of a letter in the hands of an office: the steps that several stories share."""

from collections.abc import Generator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from complaints.actions.decide_proposal import approve
from complaints.actions.propose import Proposed, propose
from complaints.actions.take_in_hand import assign, take_in_hand
from complaints.enums import Direction, MatterKind
from complaints.models import Matter
from complaints.seeding.hours import Hours
from complaints.seeding.offices import Office
from egov.organizations.actor import Actor
from egov.organizations.models import Agency

# A story runs by giving the moment of its next step, and is woken up then.
Steps = Generator[datetime, datetime, None]
# The same as a part of a story, which goes on at the moment that it ends with.
Part = Generator[datetime, datetime, datetime]
REASONS = {
    Direction.ACCEPT: "Đơn đủ điều kiện, thuộc thẩm quyền giải quyết; đề nghị thụ lý.",
    Direction.GUIDE: "Đơn không thuộc thẩm quyền; hướng dẫn người khiếu nại gửi đúng cơ quan có thẩm quyền.",
    Direction.TRANSFER: "Nội dung thuộc chức năng, thẩm quyền của cơ quan nhận chuyển.",
    Direction.REFUSE: "Khiếu nại không đủ điều kiện thụ lý theo Điều 11 Luật Khiếu nại.",
    Direction.COMPLETE: "Đề nghị bổ sung chữ ký và bản sao quyết định bị khiếu nại.",
    Direction.FILE: "Đơn không đủ điều kiện xử lý; lưu đơn và theo dõi.",
    Direction.ANSWER: "Cơ quan đã kiểm tra và trả lời người gửi đơn.",
    Direction.URGE: "Vụ việc đã quá thời hạn giải quyết; đề nghị khẩn trương giải quyết và báo cáo kết quả.",
    Direction.RETURN: "Đơn không thuộc thẩm quyền của cơ quan, trả lại nơi chuyển.",
}


class Work:
    """One matter with its office; ``told`` is what its story says beyond its words."""

    def __init__(
        self, office: Office, hours: Hours, matter: Matter, told: Mapping[str, Any], turn: int
    ) -> None:
        self.office, self.hours, self.told, self.turn = office, hours, told, turn
        self.pk = matter.pk
        self.is_protected = matter.letter.is_protected
        self.is_guarded = self.is_protected or matter.kind == MatterKind.INFORMATION

    @property
    def matter(self) -> Matter:
        """The row as it is now."""
        return Matter.objects.select_related("letter__agency", "agency").get(pk=self.pk)

    @property
    def handler(self) -> Actor:
        """Who has it in hand: of what accuses somebody the keeper of that register, else they take turns."""
        handlers = self.office.handlers
        return self.office.keeper if self.is_guarded else handlers[self.turn % len(handlers)]

    @property
    def decider(self) -> Actor:
        """The head, and every fourth time the deputy."""
        return self.office.deputy if self.turn % 4 == 3 else self.office.head  # noqa: PLR2004

    def later(self, at: datetime, days: int, hour: float = 9) -> datetime:
        """So many days on, at an hour that differs from letter to letter."""
        return self.hours.after(at, days, hour + self.turn % 5 / 4)

    def take(self, at: datetime) -> None:
        """Given to the handler by a leader; every third takes it by themselves."""
        if self.turn % 3 == 0:
            take_in_hand(self.handler, self.matter, at=at)
        else:
            assign(self.office.head, self.matter, to=self.handler.membership, at=at)

    def propose(self, direction: Direction, at: datetime) -> None:
        """The handler proposes it, with the ground and the place that the story names."""
        proposed = Proposed(
            direction=direction,
            words=self.told.get("words") or REASONS[direction],
            ground=self.told.get("ground", ""),
            target=self._target(),
            target_name=self.told.get("to_name", ""),
            answer_by=self.day_after(at, 20),
        )
        propose(self.handler, self.matter, proposed, at=at)

    def directed(self, direction: Direction, at: datetime) -> Part:
        """Proposed two days on, approved the day after."""
        at = yield self.later(at, 2, 10)
        self.propose(direction, at)
        at = yield self.later(at, 1, 14)
        approve(self.decider, self.matter, at=at)
        return at

    def day_after(self, at: datetime, days: int) -> date:
        """An open day so many days on."""
        return timezone.localdate(self.hours.after(at, days))

    def _target(self) -> Agency | None:
        name = self.told.get("to")
        return Agency.objects.get(short_name=name) if name else None

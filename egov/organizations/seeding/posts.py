"""Which posts an agency has, given how many people serve in it."""

from dataclasses import dataclass

from egov.organizations.enums import AgencyKind, Level, Role
from egov.organizations.seeding.tables import AgencyRow

# From how many people on an agency has so many deputies.
DEPUTIES = ((40, 3), (11, 2), (0, 1))
WITH_ROOM_HEADS = 14
WITH_TWO_CLERKS = 40
# Who takes in dossiers and gives out results: two in each commune, six in the province's centre.
COUNTERS_OF_COMMUNE = 2
COUNTERS_OF_PROVINCE = 6
CENTRE_KEEPER = "VPUBND"
CENTRE = "Trung tâm Phục vụ hành chính công"
# The department that runs the network itself.
NETWORK_KEEPER = "STTTT"
HEADS_OF_ROOMS = {
    "Phòng": "Trưởng phòng",
    "Ban": "Trưởng ban",
    "Bộ phận": "Phụ trách bộ phận",
    "Trung tâm": "Giám đốc Trung tâm",
    "Đội": "Đội trưởng Đội",
    "Tổ": "Tổ trưởng Tổ",
    "Ủy ban": "Chủ nhiệm Ủy ban",
    "Thanh tra": "Chánh Thanh tra",
    "Văn phòng": "Chánh Văn phòng",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A post to be held; ``room`` is the ordinal of the department, None for who serves the whole agency."""

    position: str
    role: Role
    room: int | None = None
    is_head: bool = False


def posts_of(row: AgencyRow, level: str) -> list[Post]:
    """Exactly ``row.staff`` posts: head, deputies, clerks, heads of rooms, administrators, specialists."""
    office = _office_room(row)
    posts = [Post(row.head, Role.LEADER, is_head=True)]
    deputies = next(count for least, count in DEPUTIES if row.staff >= least)
    posts += [Post(f"Phó {row.head}", Role.LEADER)] * deputies
    posts += [Post("Văn thư", Role.REGISTRY, office)] * (2 if row.staff >= WITH_TWO_CLERKS else 1)
    if row.staff >= WITH_ROOM_HEADS:
        posts.append(Post(_head_of_office(row, level), Role.OFFICE_HEAD))
        posts.append(Post("Quản trị hệ thống thông tin của cơ quan", Role.AGENCY_ADMIN, office))
        posts += [
            Post(_head_of_room(name), Role.OFFICE_HEAD, ordinal)
            for ordinal, (name, _) in enumerate(row.rooms)
            if ordinal != office
        ]
    if row.abbreviation == NETWORK_KEEPER:
        posts.append(Post("Quản trị hệ thống liên thông", Role.SYSTEM_ADMIN, office))
    counters = _counters(row, level)
    specialists = range(row.staff - len(posts) - len(counters))
    return posts + [_specialist(row, level, number) for number in specialists] + counters


def _counters(row: AgencyRow, level: str) -> list[Post]:
    """The one-stop counter (Decree 61/2018): of a commune in its office, of the province a centre."""
    if level == Level.COMMUNE and row.kind == AgencyKind.PEOPLES_COMMITTEE:
        post = Post("Công chức tiếp nhận và trả kết quả", Role.COUNTER, _office_room(row))
        return [post] * COUNTERS_OF_COMMUNE
    if level == Level.PROVINCE and row.abbreviation == CENTRE_KEEPER:
        room = [name for name, _ in row.rooms].index(CENTRE)
        return [Post("Cán bộ tiếp nhận và trả kết quả", Role.COUNTER, room)] * COUNTERS_OF_PROVINCE
    return []


def _office_room(row: AgencyRow) -> int:
    """The room where the registry sits: the office, else the one for administration, else the first."""
    names = [name for name, _ in row.rooms]
    for word in ("Văn phòng", "Hành chính"):
        for ordinal, name in enumerate(names):
            if word in name:
                return ordinal
    return 0


def _head_of_office(row: AgencyRow, level: str) -> str:
    name = row.rooms[_office_room(row)][0]
    if row.kind == AgencyKind.PEOPLES_COMMITTEE and level != Level.COMMUNE:
        return "Chánh Văn phòng"
    return _head_of_room(name)


def _head_of_room(name: str) -> str:
    for start, title in HEADS_OF_ROOMS.items():
        if name.startswith(start):
            return (title + name.removeprefix(start)).strip()
    raise ValueError(f"no title for the head of “{name}”")


def _specialist(row: AgencyRow, level: str, number: int) -> Post:
    room = number % len(row.rooms)
    if level != Level.COMMUNE:
        return Post("Chuyên viên", Role.SPECIALIST, room)
    if row.kind == AgencyKind.PARTY_COMMITTEE:
        return Post("Cán bộ Văn phòng Đảng ủy", Role.SPECIALIST, room)
    # The commune's civil servants carry the name of their field (Nghị định 112/2011/NĐ-CP, Art. 3).
    return Post(row.rooms[room][0].replace("Bộ phận", "Công chức"), Role.SPECIALIST, room)

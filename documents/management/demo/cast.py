"""Who appears in the demo: which post each of them fills, and who signs."""

from dataclasses import dataclass

from django.utils import timezone

from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership

PROVINCE, PROVINCE_OFFICE = "UBND tỉnh", "Văn phòng UBND tỉnh"
DISTRICT, COMMUNE = "UBND huyện Quỳnh Phụ", "UBND thị trấn Quỳnh Côi"
HOME_AFFAIRS, NETWORK_KEEPER = "Sở Nội vụ", "Sở Thông tin và Truyền thông"
# Agencies whose registry can seal.
SEALED = (PROVINCE, DISTRICT, COMMUNE, HOME_AFFAIRS)


@dataclass(frozen=True, slots=True)
class Part:
    """A person of the demo and the post of the network that they fill: the ``ordinal``-th of its role."""

    username: str
    full_name: str
    agency: str
    role: Role
    ordinal: int = 0
    signs: bool = False


CAST = (
    Part("an", "Nguyễn Thị An", PROVINCE, Role.REGISTRY),
    Part("binh", "Trần Văn Bình", PROVINCE, Role.LEADER, signs=True),
    Part("giang", "Phạm Đức Giang", PROVINCE, Role.LEADER, 1, signs=True),
    Part("hoa", "Vũ Thị Hoa", PROVINCE, Role.OFFICE_HEAD, signs=True),
    Part("khanh", "Đỗ Quốc Khánh", PROVINCE, Role.SPECIALIST),
    Part("yen", "Trịnh Hải Yến", PROVINCE_OFFICE, Role.COUNTER),
    # Heads the room that checks procedures (kiểm soát thủ tục hành chính).
    Part("bach", "Tạ Xuân Bách", PROVINCE_OFFICE, Role.OFFICE_HEAD, 3),
    Part("lan", "Bùi Thị Lan", DISTRICT, Role.REGISTRY),
    Part("minh", "Hoàng Tiến Minh", DISTRICT, Role.LEADER, signs=True),
    Part("nga", "Đặng Thu Nga", DISTRICT, Role.SPECIALIST),
    Part("chi", "Phạm Thị Chi", COMMUNE, Role.REGISTRY),
    Part("phuc", "Ngô Hữu Phúc", COMMUNE, Role.LEADER, signs=True),
    Part("quynh", "Lương Thúy Quỳnh", COMMUNE, Role.SPECIALIST),
    Part("thom", "Cao Thị Thơm", COMMUNE, Role.COUNTER),
    Part("dung", "Lê Tiến Dũng", HOME_AFFAIRS, Role.REGISTRY),
    Part("son", "Đinh Ngọc Sơn", HOME_AFFAIRS, Role.LEADER, signs=True),
    Part("thuy", "Mai Thanh Thủy", PROVINCE, Role.AGENCY_ADMIN),
    Part("tuan", "Phan Anh Tuấn", NETWORK_KEEPER, Role.SYSTEM_ADMIN),
)


class NoSuchPost(LookupError):
    """The network has no such agency or post: it was loaded from other tables."""


def agency_called(short_name: str) -> Agency:
    """The agency of the network with this short name. Raises NoSuchPost."""
    try:
        return Agency.objects.existing(timezone.localdate()).get(short_name=short_name)
    except Agency.DoesNotExist as error:
        raise NoSuchPost(short_name) from error


def post_of(part: Part) -> Membership:
    """The position that a person of the cast fills. Raises NoSuchPost."""
    held = (
        Membership.objects.current(timezone.localdate())
        .filter(agency=agency_called(part.agency), role=part.role)
        .select_related("user", "agency")
        .order_by("-is_head", "pk")
    )
    try:
        return held[part.ordinal]
    except IndexError as error:
        raise NoSuchPost(f"{part.agency}: {part.role} {part.ordinal}") from error

"""Applicants of the demo: names of the region, numbers that pass the checks, addresses of its villages."""

from datetime import date
from random import Random

from onestop.actions.filing import Applicant
from onestop.enums import ApplicantKind
from onestop.models import Party

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Phạm",
    "Vũ",
    "Đỗ",
    "Bùi",
    "Lê",
    "Hoàng",
    "Đặng",
    "Ngô",
    "Phan",
    "Đinh",
    "Lương",
)
WOMEN = (
    ("Thị", "Thu", "Thanh", "Ngọc", "Hải", "Minh"),
    ("Hương", "Lan", "Nhung", "Oanh", "Yến", "Tuyết", "Hiền", "Duyên", "Mai", "Huệ", "Thắm", "Vân"),
)
MEN = (
    ("Văn", "Đức", "Quang", "Xuân", "Hữu", "Tiến"),
    ("Hùng", "Dũng", "Sơn", "Thành", "Kiên", "Toàn", "Phong", "Hải", "Quân", "Tùng", "Đạt", "Khải"),
)
VILLAGES = ("Đông", "Đoài", "Trung", "Thượng", "Hạ", "Bắc", "Nam", "An Lạc", "Phú Thịnh", "Vạn Phúc")
COMPANIES = ("Dệt may", "Cơ khí", "Thủy sản", "Xây dựng", "Nông sản", "Gốm sứ", "Vận tải")
PROVINCE = "034"
CENTURY = 2000


def person(random: Random, unit: str) -> Applicant:
    """A grown person of that commune; the number fits sex and year of birth."""
    woman = random.random() < 0.5  # noqa: PLR2004  (one half)
    middles, lasts = WOMEN if woman else MEN
    name = f"{random.choice(FAMILIES)} {random.choice(middles)} {random.choice(lasts)}"
    born_on = date(random.randint(1955, 2005), random.randint(1, 12), random.randint(1, 28))
    digit = (2 if born_on.year >= CENTURY else 0) + woman
    return Applicant(
        kind=ApplicantKind.CITIZEN,
        name=name,
        personal_number=f"{PROVINCE}{digit}{born_on.year % 100:02d}{random.randint(0, 999_999):06d}",
        born_on=born_on,
        sex=Party.Sex.FEMALE if woman else Party.Sex.MALE,
        address=f"Thôn {random.choice(VILLAGES)}, {unit}",
        phone=f"09{random.randint(10_000_000, 99_999_999)}",
        identity_level=1,
    )


def company(random: Random, unit: str) -> Applicant:
    """An enterprise with its representative."""
    head = person(random, unit)
    return Applicant(
        kind=ApplicantKind.ENTERPRISE,
        name=f"Công ty TNHH {random.choice(COMPANIES)} {head.name.split()[-1]} {random.choice(VILLAGES)}",
        tax_code=f"1000{random.randint(100_000, 999_999)}",
        address=head.address,
        phone=head.phone,
        representative=head.name,
    )

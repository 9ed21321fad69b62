"""Whether a number can be that of its bearer (domain: 3.9; rule 38). No check digit exists: a wrong digit in
the last six cannot be seen.

The first three digits say where the birth was registered, not where the person lives: they warn, as all
that contradicts what was declared does. Only the length refuses.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from onestop.enums import ApplicantKind
from onestop.models import Party

PERSONAL_NUMBER = re.compile(r"[0-9]{12}")
OLD_NUMBER = re.compile(r"[0-9]{9}")
# An enterprise, or its branch.
TAX_CODE = re.compile(r"[0-9]{10}(-?[0-9]{3})?")
# People who are known by a personal number; the others come with a passport or a code.
WITH_PERSONAL_NUMBER = frozenset({ApplicantKind.CITIZEN, ApplicantKind.OFFICIAL})
ORGANISATIONS = frozenset(
    {
        ApplicantKind.ENTERPRISE,
        ApplicantKind.FDI_ENTERPRISE,
        ApplicantKind.HOUSEHOLD_BUSINESS,
        ApplicantKind.COOPERATIVE,
        ApplicantKind.ORGANISATION,
        ApplicantKind.FOREIGN_ORGANISATION,
        ApplicantKind.PARTY,
    }
)
# Provinces by the codes of Circular 59/2021/TT-BCA: a person keeps that of the birth's registration, so the
# sixty-three of before the mergers of 2025 stay. From 101 on stand the countries.
PROVINCES = frozenset(
    {
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34),
        *(35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68),
        *(70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96),
    }
)
COUNTRIES = range(101, 400)
FIRST_CENTURY = 1900
SHOWN_AT_AN_END = 3


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """Why a number is not taken (empty: it may be), and what does not fit, in words for the counter."""

    refusal: str = ""
    warnings: tuple[str, ...] = ()


def check_personal_number(number: str, *, sex: str = "", born_on: date | None = None) -> NumberCheck:
    """A personal identification number against the declared sex and day of birth."""
    if OLD_NUMBER.fullmatch(number):
        return NumberCheck(
            _("Số chứng minh nhân dân 9 số không còn được dùng cho hồ sơ mới; hãy ghi số định danh 12 số.")
        )
    if not PERSONAL_NUMBER.fullmatch(number):
        return NumberCheck(_("Số định danh cá nhân phải có đúng 12 chữ số."))
    return NumberCheck(warnings=tuple(_contradictions(number, sex, born_on)))


def check_tax_code(code: str) -> NumberCheck:
    """A tax or enterprise code: 10 digits, a branch 13."""
    if TAX_CODE.fullmatch(code):
        return NumberCheck()
    return NumberCheck(_("Mã số thuế, mã doanh nghiệp phải có 10 hoặc 13 chữ số."))


def masked(number: str) -> str:
    """A number as a slip shows it: both ends, so that its bearer knows it and nobody else learns it
    (rule 58)."""
    hidden = len(number) - 2 * SHOWN_AT_AN_END
    if hidden <= 0:
        return "*" * len(number)
    return number[:SHOWN_AT_AN_END] + "*" * hidden + number[-SHOWN_AT_AN_END:]


def _contradictions(number: str, sex: str, born_on: date | None) -> list[str]:
    found = []
    place, century_and_sex, year = int(number[:3]), int(number[3]), int(number[4:6])
    century, female = divmod(century_and_sex, 2)
    if place not in PROVINCES and place not in COUNTRIES:
        found.append(_("Ba số đầu %(code)s không phải mã tỉnh hoặc mã nước nào.") % {"code": number[:3]})
    said = Party.Sex.FEMALE if female else Party.Sex.MALE
    if sex and sex != said:
        found.append(_("Chữ số thứ tư ứng với giới tính %(sex)s.") % {"sex": said.label.lower()})
    birth_year = FIRST_CENTURY + 100 * century + year
    if born_on and born_on.year != birth_year:
        found.append(_("Số này ứng với năm sinh %(year)s.") % {"year": birth_year})
    return found

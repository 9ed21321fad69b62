"""Numbers of people and organisations: what refuses, what only warns (rule 38)."""

from datetime import date

import pytest

from onestop.rules.identity import check_personal_number, check_tax_code, masked

# Thái Bình, born in the 20th century, a woman, year 90.
WOMAN_OF_1990 = "034190001234"


@pytest.mark.rule("onestop", 38)
@pytest.mark.parametrize("number", ["", "03419000123", "0341900012345", "03419000123a", "٠٣٤١٩٠٠٠١٢٣٤"])
def test_anything_but_twelve_digits_is_refused(number: str):
    assert "12 chữ số" in check_personal_number(number).refusal


@pytest.mark.rule("onestop", 38)
def test_the_nine_digits_of_an_old_card_are_refused_by_name():
    assert "9 số" in check_personal_number("151234567").refusal


@pytest.mark.rule("onestop", 38)
def test_a_number_that_agrees_with_sex_and_birth_passes():
    found = check_personal_number(WOMAN_OF_1990, sex="female", born_on=date(1990, 5, 3))
    assert (found.refusal, found.warnings) == ("", ())


@pytest.mark.rule("onestop", 38)
@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("034090000001", "male", 1990),
        ("034190000001", "female", 1990),
        ("034205000001", "male", 2005),
        ("034305000001", "female", 2005),
        ("034499000001", "male", 2199),
        ("034999000001", "female", 2399),
    ],
)
def test_the_fourth_digit_tells_century_and_sex(number: str, sex: str, year: int):
    other = "male" if sex == "female" else "female"
    assert check_personal_number(number, sex=sex, born_on=date(year, 1, 1)).warnings == ()
    assert len(check_personal_number(number, sex=other, born_on=date(year, 1, 1)).warnings) == 1
    assert len(check_personal_number(number, sex=sex, born_on=date(year - 100, 1, 1)).warnings) == 1


@pytest.mark.rule("onestop", 38)
def test_each_contradiction_is_a_warning_of_its_own_and_none_refuses():
    found = check_personal_number("099190001234", sex="male", born_on=date(1991, 1, 1))
    assert found.refusal == ""
    assert len(found.warnings) == 3
    assert "099" in found.warnings[0]
    assert "nữ" in found.warnings[1]
    assert "1990" in found.warnings[2]


def test_born_abroad_is_a_place_too():
    assert check_personal_number("138190001234").warnings == ()


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("1000123456", True),
        ("1000123456-001", True),
        ("1000123456001", True),
        ("100012345", False),
        ("1000123456-01", False),
        ("MST1000123", False),
    ],
)
def test_tax_codes_have_ten_or_thirteen_digits(code: str, fits: bool):
    assert (check_tax_code(code).refusal == "") == fits


@pytest.mark.rule("onestop", 58)
@pytest.mark.parametrize("number", [WOMAN_OF_1990, "151234567", "1000123456", "12345", ""])
def test_a_slip_never_shows_a_whole_number(number: str):
    shown = masked(number)
    assert len(shown) == len(number)
    assert number == "" or shown != number
    assert shown.count("*") >= len(number) - 6

"""The VietQR code: published examples to the letter, and whatever a person may write as purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.exchange.vietqr import PURPOSE_LENGTH, checksum, payload, picture, purpose_of


def fields_of(text: str) -> dict[str, str]:
    """Names and values of one level."""
    found = {}
    while text:
        name, length = text[:2], int(text[2:4])
        found[name], text = text[4 : 4 + length], text[4 + length :]
    return found


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert checksum(b"123456789") == 0x29B1
    # Example of the NAPAS specification: payment of an order by card.
    order = (
        "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC"
        "530370454061800005802VN62340107NPS68690819thanh toan don hang6304"
    )
    assert checksum(order.encode()) == 0xA203


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (
            {"bank": "970415", "account": "0011001932418", "amount": 120_000, "purpose": "ủng hộ lũ lụt"},
            (
                "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
                "530370454061200005802VN62170813ung ho lu lut6304C15C"
            ),
        ),
        (
            {"bank": "970436", "account": "1023456789", "amount": 1_943_000, "purpose": "TT000069"},
            (
                "00020101021238540010A00000072701240006970436011010234567890208QRIBFTTA"
                "5303704540719430005802VN62120808TT0000696304A8E5"
            ),
        ),
    ],
)
def test_published_examples(given: dict, code: str) -> None:
    assert payload(**given) == code


def test_without_an_amount_the_payer_types_one() -> None:
    fields = fields_of(payload(bank="970403", account="0011012345678"))
    assert fields["01"] == "11"
    assert "54" not in fields
    assert "62" not in fields


def test_the_purpose_of_a_dossier_is_its_code_in_plain_letters() -> None:
    code = payload(bank="970436", account="1", amount=8_000, purpose="000.00.00.H54-260302-0001")
    assert fields_of(fields_of(code)["62"])["08"] == "0000000H542603020001"


def test_of_a_long_code_date_and_serial_stay() -> None:
    assert purpose_of("000.000.000.H54.123-260302-0001").endswith("2603020001")


@given(st.text(max_size=200), st.integers(min_value=1, max_value=10**12))
def test_any_purpose_gives_a_code_that_reads_back(words: str, amount: int) -> None:
    code = payload(bank="970436", account="1023456789", amount=amount, purpose=words)
    fields = fields_of(code)
    assert fields["54"] == str(amount)
    assert int(fields["63"], 16) == checksum(code[:-4].encode())
    assert len(fields_of(fields.get("62", "")).get("08", "")) <= PURPOSE_LENGTH


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank": "97043"},
        {"account": ""},
        {"account": "12 34"},
        {"account": "1" * 20},
        {"amount": 0},
        {"amount": -1},
        {"amount": 10**13},
    ],
)
def test_what_no_bank_could_read_is_never_drawn(wrong: dict) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (which of the three does not matter)
        payload(**{"bank": "970436", "account": "1023456789", "amount": 1_000} | wrong)


def test_the_picture_is_a_drawing_that_can_be_sent_as_a_file() -> None:
    drawn = picture(payload(bank="970436", account="1023456789", amount=8_000, purpose="H54"))
    assert drawn.startswith(b"<?xml")
    assert b"<svg" in drawn
    assert b"style=" not in drawn

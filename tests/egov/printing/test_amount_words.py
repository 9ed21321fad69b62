"""Amounts as they are spoken: a receipt in other words than its figures is worth nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov.printing.amount_words import MOST, amount_in_words


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (8_000, "Tám nghìn đồng"),
        (20_000, "Hai mươi nghìn đồng"),
        (50_000, "Năm mươi nghìn đồng"),
        (150_000, "Một trăm năm mươi nghìn đồng"),
        (121_500, "Một trăm hai mươi mốt nghìn năm trăm đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_500, "Một triệu năm trăm đồng"),
        (2_055_015, "Hai triệu không trăm năm mươi lăm nghìn không trăm mười lăm đồng"),
        (1_000_000_000, "Một tỷ đồng"),
    ],
)
def test_spoken(dong: int, words: str):
    assert amount_in_words(dong) == words


@given(st.lists(st.integers(0, MOST), min_size=2, max_size=2, unique=True))
def test_two_amounts_never_sound_alike(two: list[int]):
    assert amount_in_words(two[0]) != amount_in_words(two[1])


@pytest.mark.parametrize("dong", [-1, MOST + 1])
def test_what_is_no_amount_is_refused(dong: int):
    with pytest.raises(ValueError, match="not an amount"):
        amount_in_words(dong)

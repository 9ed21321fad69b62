"""The Python fold and its SQL twin are one and the same."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from egov.search.normalize import fold, words

# What both sides know: assigned characters, without NUL and halves of pairs, which PostgreSQL cannot keep.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\0"), max_size=60)


def fold_in_sql(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vi_fold(%s)", [text])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chỉ thị số 07/CT-UBND", "chi thi so 07 ct ubnd"),
        ("ĐƯỜNG PHỐ ƯỚT – “Quỳnh Phụ”", "duong pho uot quynh phu"),
        ("  QyĐ \t TTr\n", "qyd ttr"),
        ("", ""),
        ("!?…", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_words_of_nothing() -> None:
    assert words(" … ") == []
    assert words("Nguyễn  Văn-An") == ["nguyen", "van", "an"]


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
@example("Ủy ban nhân dân tỉnh Thái Bình")
@example(unicodedata.normalize("NFD", "Đảng ủy xã Đông Á – số 12/QĐ-UBND"))
@example("½ ﬁ Ⅳ \u00a0\u2009x`{|}~^_[]\\@")
def test_sql_agrees(text: str) -> None:
    assert fold_in_sql(text) == fold(text)

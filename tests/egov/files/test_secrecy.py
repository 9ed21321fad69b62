"""The marks of state secrets, and the words that only look like them."""

import unicodedata

import pytest

from egov.files.secrecy import SecretDocument, find_secrecy_mark, refuse_secret

MARKED = [
    ("MẬT", "MẬT"),
    ("TỐI MẬT", "TỐI MẬT"),
    ("TUYỆT MẬT", "TUYỆT MẬT"),
    ("  [ TỐI MẬT ]  ", "TỐI MẬT"),
    ("T U Y Ệ T   M Ậ T", "TUYỆT MẬT"),
    ("MẬT.", "MẬT"),
    ("ỦY BAN NHÂN DÂN\nSố: 12/BC-UBND\nMẬT\nBÁO CÁO", "MẬT"),
    ("Độ mật: Tối mật", "TỐI MẬT"),
    ("Mức độ mật: MẬT", "MẬT"),
    (unicodedata.normalize("NFD", "TUYỆT MẬT"), "TUYỆT MẬT"),
]
UNMARKED = [
    "BẢO MẬT",
    "KẾ HOẠCH BẢO ĐẢM AN TOÀN, BẢO MẬT THÔNG TIN",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT",
    "tài liệu tối mật phải được bảo quản",
    "Mật",
    "mật ong",
    "An ninh mạng và bí mật nhà nước",
    "Độ mật: Không",
    "MẬT ĐỘ DÂN SỐ",
    "THƯỢNG KHẨN",
    "",
]


@pytest.mark.rule("documents", 30)
@pytest.mark.parametrize(("text", "mark"), MARKED)
def test_a_stamp_is_found(text: str, mark: str) -> None:
    assert find_secrecy_mark(text) == mark
    with pytest.raises(SecretDocument, match=mark):
        refuse_secret(text)


@pytest.mark.rule("documents", 30)
@pytest.mark.parametrize("text", UNMARKED)
def test_words_that_are_no_stamp_are_let_through(text: str) -> None:
    assert find_secrecy_mark(text) is None
    refuse_secret(text)

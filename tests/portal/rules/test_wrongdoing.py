"""What is taken for an accusation, and what is not."""

import pytest

from portal.rules.personal_data import personal_data_in
from portal.rules.wrongdoing import tells_of_wrongdoing


@pytest.mark.rule("onestop", 56)
@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Văn X cán bộ địa chính nhận hối lộ 5 triệu",
        "can bo mot cua doi tien boi duong moi tra ket qua",
        "Chị tiếp nhận ở xã   VÒI\u00a0VĨNH người dân",
        "Chủ tịch xã tham ô tiền hỗ trợ",
        "Tôi tố cáo ông trưởng thôn",
        # Letters and marks apart (NFD).
        "Ca\u0301n bo\u0323\u0302 nha\u0323\u0302n phong bi\u0300",
    ],
)
def test_accusations_of_officials_are_seen(text: str):
    assert tells_of_wrongdoing("Phản ánh", text)


@pytest.mark.parametrize(
    "text",
    [
        "Thủ tục đăng ký khai sinh cần giấy tờ gì?",
        "Đề nghị bổ sung ghế ngồi chờ tại bộ phận một cửa",
        "Cán bộ hướng dẫn rất tận tình, xin cảm ơn",
    ],
)
def test_ordinary_words_are_not(text: str):
    assert not tells_of_wrongdoing(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Số định danh 034 199 012 345 của tôi", ["034 199 012 345"]),
        ("Gọi 0912.345.678 hoặc +84912345678", ["0912.345.678", "+84912345678"]),
        ("Thư: em@example.vn.", ["em@example.vn."]),
        ("Phí 1.500.000.000 đồng theo Nghị định 118/2025/NĐ-CP ngày 09/06/2025", []),
        ("Thủ tục 1.001193 làm trong 3 ngày", []),
    ],
)
def test_numbers_of_people_are_found_and_those_of_rules_are_not(text: str, found: list[str]):
    assert personal_data_in(text) == found

"""Parts of the index of Decision 766/QĐ-TTg and the criteria of the rating slip, with their first days."""

from datetime import date
from decimal import Decimal

from onestop.enums import IndexGroup
from onestop.models import Criterion, IndexPart

IN_FORCE = date(2022, 8, 1)
SOURCE = "Quyết định số 766/QĐ-TTg ngày 23/6/2022"
G = IndexGroup
# Group, name, points, measure, whether the points of the part itself were compared with the decision. The
# five groups' totals (18, 20, 22, 22, 18) are certain; an unconfirmed split waits for a legal officer.
PARTS = (
    (G.TRANSPARENCY, "Thủ tục được công khai đúng hạn", 4, "timely_publication", True),
    (G.TRANSPARENCY, "Các nội dung công khai, minh bạch khác", 14, "", True),
    (G.PROGRESS, "Hồ sơ giải quyết đúng hạn, trước hạn", 20, "on_time", True),
    (G.DIGITISATION, "Hồ sơ có kết quả điện tử đã ký số", 8, "digital_results", False),
    (G.DIGITISATION, "Hồ sơ có thành phần được số hóa", 7, "digitised_papers", False),
    (G.DIGITISATION, "Hồ sơ dùng lại dữ liệu, giấy tờ đã số hóa", 7, "reused_papers", False),
    (G.ONLINE, "Hồ sơ nộp trực tuyến", 12, "online_filing", False),
    (G.ONLINE, "Hồ sơ thanh toán trực tuyến", 10, "", False),
    (G.SATISFACTION, "Tỷ lệ hài lòng khi giải quyết thủ tục", 6, "satisfied", True),
    (G.SATISFACTION, "Xử lý phản ánh, kiến nghị và các nội dung khác", 12, "", True),
)
CRITERIA = (
    ("overall", "Đánh giá chung", False),
    ("ease", "Dễ tìm hiểu, dễ thực hiện thủ tục", False),
    ("timeliness", "Trả kết quả kịp thời", False),
    ("attitude", "Thái độ của cán bộ, công chức", False),
    ("intake_time", "Thời gian tiếp nhận so với quy định", False),
    ("handling_time", "Thời gian giải quyết so với quy định", False),
    ("visits", "Số lần phải đi lại", False),
    ("agencies", "Số cơ quan phải liên hệ", False),
    ("intake", "Nơi đón tiếp, tiếp nhận hồ sơ", False),
    ("publicity", "Công khai thủ tục, phí, lệ phí", False),
    ("feedback", "Tiếp thu, giải đáp phản ánh, kiến nghị", False),
    ("online", "Chất lượng dịch vụ trực tuyến", True),
)


def load_figures() -> None:
    """Write the parts and criteria that are missing; those that the province has changed stay."""
    for order, (group, name, points, measure, is_confirmed) in enumerate(PARTS, start=1):
        IndexPart.objects.get_or_create(
            order=order,
            valid_from=IN_FORCE,
            defaults={
                "group": group,
                "name": name,
                "points": Decimal(points),
                "measure": measure,
                "is_confirmed": is_confirmed,
                "source": SOURCE,
            },
        )
    for order, (code, name, online_only) in enumerate(CRITERIA, start=1):
        Criterion.objects.get_or_create(
            code=code,
            defaults={"order": order, "name": name, "online_only": online_only, "valid_from": IN_FORCE},
        )

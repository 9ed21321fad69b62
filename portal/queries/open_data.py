"""What the province gives away as data: what each set holds, how often it changes, and its rows.

Statistics are those of closed months with the blanks of rule 55; nothing here is of a person.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from egov.workflow.refusal import Refusal
from onestop import public as onestop
from onestop.public import PublishedMonth, PublishedRow
from portal.content.models import LegalPage
from portal.queries.dataset import DAY, NUMBER, SHARE, TEXT, Dataset, Field, Row
from portal.queries.directory import agencies_shown

MONTHLY, DAILY = _("Hằng tháng, sau khi chốt số liệu"), _("Ngay khi có thay đổi")


class DatasetUnknown(Refusal):
    """No such set."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_now("Không có bộ dữ liệu này. Danh mục ở trang Dữ liệu mở."))


def dataset(code: str) -> Dataset:
    """One of them. Raises DatasetUnknown."""
    found = DATASETS.get(code)
    if found is None:
        raise DatasetUnknown
    return found


def _counts(row: PublishedRow) -> Row:
    return [row.received, row.solved_early, row.solved_on_time, row.solved_late, row.on_time_share]


def _province(month: PublishedMonth) -> Iterator[Row]:
    ways = [number for _code, _label, number in month.channels]
    content = month.content
    yield [
        _month(month),
        month.carried,
        *_counts(month.total),
        *ways,
        content.content,
        content.other,
        month.as_of.isoformat(),
    ]


def _units(unit: str, month: PublishedMonth) -> Iterator[Row]:
    rows = month.agencies if unit == "agency" else month.sectors
    return ([_month(month), row.code, row.label, *_counts(row)] for row in rows)


def _late(month: PublishedMonth) -> Iterator[Row]:
    for row in month.agencies:
        yield [_month(month), row.code, row.label, row.solved, row.solved_late, row.apologised, row.late_now]


def _content(month: PublishedMonth) -> Iterator[Row]:
    for row in month.content_by_agency:
        yield [_month(month), row.code, row.label, row.content, row.other, row.content_share]


def _procedures(on: date) -> Iterator[Row]:
    for one in onestop.list_procedures(on):
        since = one.effective_from.isoformat() if one.effective_from else None
        yield [one.code, one.name, one.sector, one.level, one.agency, one.online_level, since]


def _agencies(on: date) -> Iterator[Row]:
    for one in agencies_shown(on).order_by("code"):
        yield [one.code, one.name, one.level, one.branch, one.valid_from.isoformat()]


def _legal(on: date) -> Iterator[Row]:
    pages = LegalPage.objects.live().prefetch_related("ties_to_it__page")
    for one in pages.order_by("-issued_on", "number"):
        days = [day.isoformat() if day else None for day in (one.issued_on, one.effective_on, one.expires_on)]
        yield [one.number, one.kind, one.issuer, one.abstract_text, *days, str(one.status_on(on))]


def _month(month: PublishedMonth) -> str:
    return f"{month.first_day:%Y-%m}"


MONTH = Field("month", TEXT, _("Tháng, dạng năm-tháng"))
UNIT_COUNTS = (
    Field("received", NUMBER, _("Hồ sơ tiếp nhận trong tháng")),
    Field("solved_early", NUMBER, _("Đã giải quyết trước hạn")),
    Field("solved_on_time", NUMBER, _("Đã giải quyết đúng hạn")),
    Field("solved_late", NUMBER, _("Đã giải quyết quá hạn")),
    Field("on_time_share", SHARE, _("Tỷ lệ đúng hạn, trước hạn, từ 0 đến 1")),
)
AGENCY = (
    Field("agency_code", TEXT, _("Mã định danh cơ quan")),
    Field("agency_name", TEXT, _("Tên cơ quan")),
)
BLANKS = _("Ô trống thay cho số nhỏ hơn 3 và cho số có thể làm lộ một số như vậy.")
DATASETS = {
    one.code: one
    for one in (
        Dataset(
            "statistics-province",
            _("Kết quả giải quyết thủ tục hành chính toàn tỉnh"),
            _("Hồ sơ chuyển qua, tiếp nhận, giải quyết và mức độ hài lòng của toàn tỉnh, từng tháng."),
            MONTHLY,
            (
                MONTH,
                Field("carried", NUMBER, _("Kỳ trước chuyển qua")),
                *UNIT_COUNTS,
                Field("received_counter", NUMBER, _("Tiếp nhận trực tiếp")),
                Field("received_online", NUMBER, _("Tiếp nhận trực tuyến")),
                Field("received_post", NUMBER, _("Tiếp nhận qua bưu chính công ích")),
                Field("content", NUMBER, _("Lượt đánh giá hài lòng, rất hài lòng khi nhận kết quả")),
                Field("not_content", NUMBER, _("Lượt đánh giá khác khi nhận kết quả")),
                Field("as_of", DAY, _("Ngày chốt số liệu")),
            ),
            of_months=_province,
        ),
        Dataset(
            "statistics-agencies",
            _("Kết quả giải quyết thủ tục hành chính theo cơ quan"),
            _("Hồ sơ tiếp nhận và giải quyết của từng cơ quan, từng tháng."),
            MONTHLY,
            (MONTH, *AGENCY, *UNIT_COUNTS),
            of_months=partial(_units, "agency"),
        ),
        Dataset(
            "statistics-sectors",
            _("Kết quả giải quyết thủ tục hành chính theo lĩnh vực"),
            _("Hồ sơ tiếp nhận và giải quyết của từng lĩnh vực, từng tháng."),
            MONTHLY,
            (
                MONTH,
                Field("sector_code", TEXT, _("Mã lĩnh vực")),
                Field("sector_name", TEXT, _("Tên lĩnh vực")),
                *UNIT_COUNTS,
            ),
            of_months=partial(_units, "sector"),
        ),
        Dataset(
            "late-results",
            _("Kết quả trả chậm và lời xin lỗi theo cơ quan"),
            _("Số kết quả có hẹn, trả chậm, đã xin lỗi và đang quá hạn của từng cơ quan, từng tháng."),
            MONTHLY,
            (
                MONTH,
                *AGENCY,
                Field("solved", NUMBER, _("Kết quả có hẹn ngày trả")),
                Field("late", NUMBER, _("Trả chậm")),
                Field("apologised", NUMBER, _("Trả chậm và đã xin lỗi trước hạn")),
                Field("late_now", NUMBER, _("Đang quá hạn cuối tháng")),
            ),
            of_months=_late,
        ),
        Dataset(
            "satisfaction-agencies",
            _("Mức độ hài lòng theo cơ quan"),
            _("Lượt đánh giá khi nhận kết quả của từng cơ quan, từng tháng."),
            MONTHLY,
            (
                MONTH,
                *AGENCY,
                Field("content", NUMBER, _("Lượt hài lòng, rất hài lòng")),
                Field("not_content", NUMBER, _("Lượt khác")),
                Field("content_share", SHARE, _("Tỷ lệ hài lòng, từ 0 đến 1")),
            ),
            of_months=_content,
        ),
        Dataset(
            "procedures",
            _("Danh mục thủ tục hành chính"),
            _("Thủ tục đang nộp được tại các cơ quan của tỉnh."),
            DAILY,
            (
                Field("code", TEXT, _("Mã thủ tục")),
                Field("name", TEXT, _("Tên thủ tục")),
                Field("sector", TEXT, _("Lĩnh vực")),
                Field("level", TEXT, _("Cấp thực hiện")),
                Field("agency", TEXT, _("Cơ quan quyết định")),
                Field("online_level", TEXT, _("Mức độ dịch vụ công trực tuyến")),
                Field("effective_from", DAY, _("Có hiệu lực từ ngày")),
            ),
            of_day=_procedures,
        ),
        Dataset(
            "agencies",
            _("Danh mục cơ quan"),
            _("Cơ quan, đơn vị của tỉnh đang hoạt động, với mã định danh."),
            DAILY,
            (
                Field("code", TEXT, _("Mã định danh")),
                Field("name", TEXT, _("Tên cơ quan")),
                Field("level", TEXT, _("Cấp")),
                Field("branch", TEXT, _("Hệ thống")),
                Field("valid_from", DAY, _("Hoạt động từ ngày")),
            ),
            of_day=_agencies,
        ),
        Dataset(
            "legal-documents",
            _("Văn bản pháp luật"),
            _("Văn bản đã công bố trên cổng, với ngày ban hành, hiệu lực và tình trạng hôm nay."),
            DAILY,
            (
                Field("number", TEXT, _("Số, ký hiệu")),
                Field("kind", TEXT, _("Loại văn bản")),
                Field("issuer", TEXT, _("Cơ quan ban hành")),
                Field("abstract", TEXT, _("Trích yếu")),
                Field("issued_on", DAY, _("Ngày ban hành")),
                Field("effective_on", DAY, _("Ngày có hiệu lực")),
                Field("expires_on", DAY, _("Ngày hết hiệu lực")),
                Field("status", TEXT, _("Tình trạng")),
            ),
            of_day=_legal,
        ),
    )
}

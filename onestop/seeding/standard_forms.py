"""The standard forms of Circular 01/2018/TT-VPCP and of Circular 03/2025/TT-VPCP with their first days."""

from dataclasses import dataclass
from datetime import date

from onestop.enums import FormKind
from onestop.models import FormSet, StandardForm

K = FormKind
A4, A5 = StandardForm.Paper.A4, StandardForm.Paper.A5


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a circular; without number where the circular has none and agencies write a plain notice."""

    kind: FormKind
    number: str
    title: str
    notation: str
    paper: StandardForm.Paper = A5


OF_BOTH = (
    Form(K.RECEIPT, "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "TNHS"),
    Form(K.SUPPLEMENT, "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "BSHS"),
    Form(K.REFUSAL, "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "TCHS"),
)
OF_2018 = (
    *OF_BOTH,
    Form(K.APOLOGY, "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "XLHS"),
    Form(K.CONTROL, "05", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "KSHS"),
    Form(K.REGISTER, "06", "Sổ theo dõi hồ sơ", "STD", A4),
    Form(K.STOP, "", "Thông báo dừng giải quyết hồ sơ", "DHS"),
)
OF_2025 = (
    *OF_BOTH,
    Form(K.APOLOGY, "04", "Văn bản xin lỗi và đề nghị gia hạn thời gian trả kết quả", "XLHS"),
    Form(K.STOP, "05", "Thông báo dừng giải quyết hồ sơ", "DHS"),
    Form(K.CONTROL, "06", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "KSHS"),
    Form(K.REGISTER, "07", "Sổ theo dõi hồ sơ", "STD", A4),
)
SETS = (
    ("tt01-2018", "Thông tư số 01/2018/TT-VPCP", date(2019, 1, 6), OF_2018),
    ("tt03-2025", "Thông tư số 03/2025/TT-VPCP", date(2025, 9, 15), OF_2025),
)


def load_standard_forms() -> None:
    """Write the sets that are missing; one whose first day the province has changed stays as it is."""
    for code, name, effective_from, forms in SETS:
        form_set, is_new = FormSet.objects.get_or_create(
            code=code, defaults={"name": name, "effective_from": effective_from}
        )
        if is_new:
            StandardForm.objects.bulk_create(
                StandardForm(
                    form_set=form_set,
                    kind=form.kind,
                    number=form.number,
                    title=form.title,
                    notation=form.notation,
                    paper=form.paper,
                )
                for form in forms
            )

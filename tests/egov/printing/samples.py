"""Documents with the longest names and the hardest words of the province."""

from egov.printing.official import OfficialDocument

TYPST_SYNTAX = 'Nguyên văn: #import "x": * $ x^2 $ \\ @nhãn ] [ } { <mốc> `mã` ~ -- _gạch_ = // lời /* */'
ALL_LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"
)


def directive(**changes: object) -> OfficialDocument:
    """A directive of two pages by a deputy for the chairman."""
    facts: dict[str, object] = {
        "agency": "Ủy ban nhân dân tỉnh Thái Bình",
        "notation": "CT-UBND",
        "place": "Thái Bình",
        "kind": "Chỉ thị",
        "abstract": "Về việc tăng cường các biện pháp cấp bách phòng, chống bệnh Dịch tả lợn Châu Phi",
        "body": "### I. NHIỆM VỤ\n"
        + "\n".join(
            f"{number}. Ủy ban nhân dân các xã, phường tuyên truyền, vận động nhân dân thực hiện nghiêm túc "
            "các quy định về phòng, chống dịch bệnh; kiểm tra, đôn đốc, hướng dẫn và kịp thời báo cáo tỉnh."
            for number in range(1, 13)
        )
        + "\nYêu cầu Thủ trưởng các cơ quan, đơn vị nghiêm túc thực hiện./.",
        "capacity": ("KT. Chủ tịch", "Phó Chủ tịch"),
        "signer_name": "Nguyễn Phương Nguyệt Ánh",
        "recipients": ("Các sở, ban, ngành", "Lưu: VT, NNTNMT"),
        "drafter_mark": "NTH.(770)",
    }
    return OfficialDocument(**{**facts, **changes})  # type: ignore[arg-type]


def letter(**changes: object) -> OfficialDocument:
    """A letter (công văn) of one page by a head who signs in own right."""
    facts: dict[str, object] = {
        "agency": "Sở Văn hóa, Thể thao và Du lịch",
        "superior_agency": "Ủy ban nhân dân tỉnh Thái Bình",
        "notation": "SVHTTDL-QLDSVH",
        "place": "Thái Bình",
        "abstract": "hướng dẫn tổ chức các hoạt động chào mừng Ngày Quốc khánh 02/9",
        "addressees": ("Ủy ban nhân dân các huyện", "Ủy ban nhân dân các xã"),
        "body": "Sở đề nghị các địa phương triển khai các nội dung sau.\nTrân trọng./.",
        "capacity": ("Giám đốc",),
        "signer_name": "Đỗ Thị Hường",
        "recipients": ("Như trên", "Lưu: VT, QLDSVH"),
    }
    return OfficialDocument(**{**facts, **changes})  # type: ignore[arg-type]

"""Things to find, as many as a province publishes: invented titles of procedures and legal documents."""

import random
from collections.abc import Iterator

from portal.enums import FindableKind
from portal.models import Entry, Findable, KnownWord, index_entries

ACTS = (
    "Đăng ký",
    "Cấp",
    "Cấp lại",
    "Gia hạn",
    "Điều chỉnh",
    "Thu hồi",
    "Xác nhận",
    "Công nhận",
    "Chấm dứt",
    "Thẩm định",
)
PAPERS = (
    "giấy phép",
    "chứng chỉ",
    "giấy chứng nhận",
    "văn bản chấp thuận",
    "quyết định",
    "thẻ",
    "hồ sơ",
    "phiếu",
)
MATTERS = (
    "khai thác nước dưới đất",
    "hành nghề khám bệnh, chữa bệnh",
    "kinh doanh vận tải bằng xe ô tô",
    "nuôi trồng thủy sản",
    "sử dụng đất nông nghiệp",
    "xây dựng công trình cấp III",
    "hoạt động thư viện",
    "bán lẻ rượu",
    "dạy thêm, học thêm",
    "trợ giúp xã hội thường xuyên",
    "tổ chức lễ hội",
    "sản xuất giống cây trồng",
    "phòng cháy và chữa cháy",
    "đấu thầu",
    "quảng cáo ngoài trời",
    "khuyến mại",
    "an toàn thực phẩm",
    "môi trường",
    "lao động nước ngoài",
    "đăng kiểm tàu cá",
)
PLACES = tuple(
    f"xã {one}"
    for one in ("An Khê", "Quỳnh Hội", "Vũ Thư", "Thái Thụy", "Đông Hưng", "Tiền Hải", "Kiến Xương")
)
KINDS = (
    ("Nghị định", "NĐ-CP"),
    ("Thông tư", "TT-BTC"),
    ("Quyết định", "QĐ-UBND"),
    ("Nghị quyết", "NQ-HĐND"),
    ("Chỉ thị", "CT-UBND"),
)
DECREE = "Nghị định 118/2025/NĐ-CP về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông"

# Pieces of which syllables are made.
ONSETS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x"
RHYMES = (
    "a ai am an ang anh ao au ay ăc ăm ăn ăng âm ân âp ây e em en eo ê êm ên êu i iêm iên iêu im in inh it "
    "iu o oa oai oan oang oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân ui um un ung uôi uôn uông uy uyên "
    "ư ưa ưi ưng ươi ươm ươn ương ươu"
)

# What people type: exact, without accents, mistyped, a sentence, common words, nothing that is there.
TYPED = (
    "đăng ký khai sinh",
    "dang ki khai sin",
    "dang ky khai snih",
    "nghi dinh 118",
    "118/2025/ND-CP",
    "quyet dinh 4321",
    "giay phep xay dung",
    "cap lai the",
    "quyết định",
    "nghị quyết về",
    "an toan thuc pham xa vu thu",
    "giấy phép bán lẻ rượu",
    "kinh doanh van tai bagn xe o to",
    "muon mo quan ban ruou o xa an khe thi can giay to gi",
    "xyzxyz",
    "1.004321",
    "th",
)


def fill(procedures: int, documents: int) -> None:
    """Put that many into an empty index, in the words of the field; the same ones every time."""
    empty()
    index_entries(entries(procedures, documents))


def empty() -> None:
    """Nothing to find."""
    Findable.objects.all().delete()
    KnownWord.objects.all().delete()


def entries(procedures: int, documents: int) -> Iterator[Entry]:
    """One after the other."""
    chance = random.Random(118)
    yield Entry(
        kind=FindableKind.PROCEDURE,
        key="1.001193.H54",
        title="Đăng ký khai sinh",
        url="/services/1.001193.H54/",
    )
    yield Entry(kind=FindableKind.LEGAL_DOCUMENT, key="decree", title=DECREE, url="/law/118/", language="vi")
    for number in range(procedures - 1):
        code = f"1.{100000 + number}.H54"
        title = f"{chance.choice(ACTS)} {chance.choice(PAPERS)} {chance.choice(MATTERS)} {_word(chance)}"
        yield Entry(
            kind=FindableKind.PROCEDURE,
            key=code,
            title=title,
            summary=code,
            text=_text(chance, 12),
            url=f"/services/{code}/",
        )
    for number in range(documents - 1):
        kind, notation = chance.choice(KINDS)
        number_year = f"{number % 9000 + 200}/{2000 + number % 26}"
        matter = f"{chance.choice(MATTERS)} tại {chance.choice(PLACES)} {_word(chance)}"
        title = f"{kind} {number_year}/{notation} về {matter}"
        yield Entry(
            kind=FindableKind.LEGAL_DOCUMENT,
            key=str(number),
            title=title,
            text=_text(chance, 60),
            url=f"/law/{number}/",
            language="vi",
        )


def _text(chance: random.Random, count: int) -> str:
    return " ".join(f"{chance.choice(MATTERS)} {_word(chance)}" for _ in range(count // 6))


def _word(chance: random.Random) -> str:
    """A syllable that could be Vietnamese: an index of a real language has thousands of them."""
    return chance.choice(ONSETS.split()) + chance.choice(RHYMES.split())

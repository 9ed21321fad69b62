"""A file of procedures: a report line a row, all of it or nothing, and nothing believed that it claims."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from egov.files.refusals import FileRefused
from egov.workflow.refusal import NotPermitted, Refusal
from onestop.actions.import_catalogue import (
    CatalogueFile,
    ImportRefused,
    import_catalogue,
    planned,
)
from onestop.enums import FeeBasis, RequirementKind, VersionState
from onestop.exchange.catalogue import tables
from onestop.exchange.catalogue.flat import fee_of
from onestop.models import Procedure, ProcedureVersion
from onestop.queries.completeness import missing
from onestop.queries.version_content import content_of
from tests.conftest import MONDAY_MORNING as AT
from tests.factories.catalogue_people import Keepers, make_keepers
from tests.factories.procedures import ProcedureFactory, ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HEADINGS = (
    "Mã thủ tục",
    "Tên thủ tục",
    "Lĩnh vực",
    "Đối tượng thực hiện",
    "Trường hợp",
    "Cách thức",
    "Thời hạn",
    "Đơn vị",
    "Phí, lệ phí",
    "Ghi chú phí",
    "Thành phần hồ sơ",
    "Loại giấy tờ",
    "Bản chính",
    "Bản sao",
)


def line(**cells: str) -> list[str]:
    names = dict(
        zip(
            (
                "code",
                "name",
                "sector",
                "applicants",
                "case",
                "channel",
                "amount",
                "unit",
                "fee",
                "note",
                "paper",
                "kind",
                "originals",
                "copies",
            ),
            range(14),
            strict=True,
        )
    )
    row = [""] * 14
    for key, value in cells.items():
        row[names[key]] = value
    return row


BIRTH = [
    line(
        code="1.001193.000.00.00.H54",
        name="Đăng ký khai sinh",
        sector="Hộ tịch",
        applicants="Công dân Việt Nam",
        channel="Trực tiếp",
        amount="1",
        unit="ngày",
        fee="Miễn phí",
    ),
    line(channel="Trực tuyến", amount="2 ngày làm việc", fee="8.000 đồng/bản"),
    line(channel="Bưu chính", amount="5", fee="Miễn phí", note="Theo nghị quyết của HĐND tỉnh"),
    line(paper="Giấy chứng sinh (nếu có)", originals="1"),
    line(paper="Thẻ căn cước", kind="Giấy tờ phải xuất trình"),
    line(paper="Lưu ý: nộp đủ giấy tờ", originals="0", copies="0"),
]


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig", delimiter: str = ",") -> CatalogueFile:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADINGS, *rows])
    return CatalogueFile("thủ tục.csv", text.getvalue().encode(encoding))


def as_xlsx(rows: list[list[object]]) -> CatalogueFile:
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    book.save(stream := io.BytesIO())
    return CatalogueFile("thủ tục.xlsx", stream.getvalue())


@pytest.fixture
def keepers() -> Keepers:
    return make_keepers()


@pytest.mark.parametrize("make", [as_csv, as_xlsx, lambda rows: as_csv(rows, "utf-16", ";")])
def test_a_table_becomes_drafts(keepers, make):
    done = import_catalogue(keepers.writer, make(BIRTH), at=AT)
    assert (done.procedures, done.versions) == (1, 0)
    version = ProcedureVersion.objects.get()
    assert (version.state, version.procedure.local_code) == (VersionState.DRAFT, "1.001193.000.00.00.H54")
    (case,) = content_of(version).cases
    assert [(one.channel, one.legal_amount, one.legal_unit) for one in case.channel_rules] == [
        ("counter", 1, "calendar_days"),
        ("online", 2, "working_days"),
        ("post", 5, ""),
    ]
    assert not any(fee.is_confirmed for fee in case.fee_rules)
    assert done.plan.unknown_units == [("1.001193", ["Dịch vụ bưu chính công ích: “5” không có đơn vị"])]
    assert version.changes.written_by(keepers.writer.user_id)


@pytest.mark.rule("onestop", 3)
def test_rows_without_originals_and_copies_are_notes(keepers):
    done = import_catalogue(keepers.writer, as_csv(BIRTH), at=AT)
    kinds = list(ProcedureVersion.objects.get().cases.get().requirements.values_list("kind", flat=True))
    assert kinds == [RequirementKind.SUBMITTED, RequirementKind.SHOWN, RequirementKind.NOTE]
    assert done.plan.notes == 1
    assert done.plan.rows[-1].words == "không có bản chính, bản sao: nhập thành ghi chú"


@pytest.mark.rule("onestop", 2)
def test_free_with_the_council_in_a_note_is_unknown_not_zero(keepers):
    import_catalogue(keepers.writer, as_csv(BIRTH), at=AT)
    case = ProcedureVersion.objects.get().cases.get()
    bases = {fee.channel: (fee.basis, fee.amount) for fee in case.fee_rules.all()}
    assert bases == {
        "counter": (FeeBasis.FREE, None),
        "online": (FeeBasis.PER_COPY, 8000),
        "post": (FeeBasis.COUNCIL, None),
    }
    faults = " ".join(missing(content_of(ProcedureVersion.objects.get())))
    assert "Hội đồng nhân dân" in faults
    assert "chưa có đơn vị" in faults


@pytest.mark.parametrize(
    ("text", "basis", "amount"),
    [
        ("Không", "free", None),
        ("50.000", "fixed", 50_000),
        ("2,000 đồng/trang", "page", 2_000),
        ("10000 đồng mỗi người", "person", 10_000),
        ("Theo quy định của HĐND tỉnh", "council", None),
    ],
)
def test_fees_as_they_are_written(text, basis, amount):
    fee, _note = fee_of(text, "")
    assert (fee["basis"], fee.get("amount")) == (basis, amount)


def test_a_fee_that_lost_its_noughts_is_pointed_at():
    assert "nhỏ bất thường" in fee_of("100 đồng", "")[1]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (line(code="1001193", name="x", sector="y"), "không đúng dạng"),
        (line(code="1.000001", sector="y"), "name"),
        (line(code="1.000001", name="x", sector="y", channel="Bồ câu"), "Bồ câu"),
        (line(code="1.000001", name="x", sector="y", channel="Trực tiếp", amount="vài"), "không phải là số"),
        (line(code="1.000001", name="x", sector="y", channel="Trực tiếp", amount="3 tuần"), "không rõ"),
        (line(code="1.000001", name="x", sector="y", paper="Đơn", originals="-1"), "không phải là số"),
        (line(code="1.000001", name="=1+1", sector="y"), "công thức"),
        (line(code="1.000001", name="x" * 501, sector="y"), "501 ký tự"),
        (line(code="1.000001", name="x", sector="y", applicants="Người ngoài hành tinh"), "ngoài hành tinh"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(keepers, row, words):
    rows = [*BIRTH, row, line(paper="Giấy khác", originals="1")]
    plan = planned(keepers.writer, as_csv(rows), at=AT)
    assert words in next(one.words for one in plan.rows if one.number == len(BIRTH) + 2)
    with pytest.raises(ImportRefused):
        import_catalogue(keepers.writer, as_csv(rows), at=AT)
    assert not Procedure.objects.exists()


def test_the_dry_run_reports_every_row_and_writes_nothing(keepers):
    plan = planned(keepers.writer, as_csv(BIRTH), at=AT)
    assert [(row.number, row.accepted) for row in plan.rows] == [(n, True) for n in range(2, 8)]
    assert not Procedure.objects.exists()


def test_a_known_procedure_gets_a_next_version_that_keeps_what_the_file_does_not_say(keepers):
    active = ProcedureVersionFactory(
        procedure__national_code="1.001193", procedure__agency=keepers.province, on_the_spot=True
    )
    done = import_catalogue(keepers.writer, as_csv(BIRTH), at=AT)
    assert (done.procedures, done.versions) == (0, 1)
    draft = active.procedure.versions.get(number=2)
    assert (draft.name, draft.on_the_spot) == ("Đăng ký khai sinh", True)
    assert content_of(draft).cases[0].planned_legs == content_of(active).cases[0].planned_legs
    assert [one.number for one in planned(keepers.writer, as_csv(BIRTH), at=AT).refused] == [2]


def test_what_says_nothing_new_makes_no_draft(keepers):
    import_catalogue(keepers.writer, as_csv(BIRTH), at=AT)
    version = ProcedureVersion.objects.get()
    ProcedureVersion.objects.filter(pk=version.pk).update(
        state=VersionState.ACTIVE, effective_from=AT.date(), verified_at=AT
    )
    done = import_catalogue(keepers.writer, as_csv(BIRTH), at=AT)
    assert (done.procedures, done.versions, done.unchanged) == (0, 0, 1)


def test_the_same_procedure_twice_in_a_file_is_refused(keepers):
    rows = [*BIRTH, line(code="1.000002", name="Khác", sector="Hộ tịch"), *BIRTH]
    assert "lặp lại" in planned(keepers.writer, as_csv(rows), at=AT).refused[0].words


def test_json_with_cases_and_steps(keepers):
    record = {
        "code": "1.009664",
        "name": "Cấp giấy chứng nhận đăng ký đầu tư",
        "sector": "Đầu tư",
        "applicant_kinds": ["enterprise"],
        "cases": [
            {
                "name": f"Trường hợp {days}",
                "channels": [{"channel": "counter", "amount": days, "unit": "working_days"}],
                "fees": [{"name": "Lệ phí", "basis": "free", "is_confirmed": True}],
                "papers": [{"name": "Văn bản đề nghị", "originals": 1}],
                "legs": [
                    {
                        "name": "Giải quyết",
                        "amount": days,
                        "unit": "working_days",
                        "steps": [{"name": "Thẩm định", "role": "specialist", "hours": 8}],
                    }
                ],
            }
            for days in (10, 5)
        ],
    }
    file = CatalogueFile("đầu tư.json", json.dumps([record]).encode())
    import_catalogue(keepers.writer, file, at=AT)
    content = content_of(ProcedureVersion.objects.get())
    assert [case.channel_rules[0].legal_amount for case in content.cases] == [10, 5]
    assert missing(content) == []


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{kind}.main+xml"/></Types>')
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (tables.MOST_UNPACKED + 1))
    return stream.getvalue()


def with_entities() -> bytes:
    stream = io.BytesIO(as_xlsx(BIRTH).content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/extra.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b""),
        ("a.xlsx", b"PK\x03\x04 not an archive"),
        ("a.xlsx", bomb()),
        ("a.xlsx", with_entities()),
        ("a.xlsx", as_xlsx(BIRTH).content[:-300]),
        ("a.csv", "Mã thủ tục,Tên thủ tục\n1.001193,Đăng ký".encode("cp1258", "replace")),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b"a,b\n\x00"),
        ("a.csv", b"Ten khac\n1"),
        ("a.csv", b"x" * (tables.MOST_BYTES + 1)),
        ("a.json", b"{"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"code": 1}'),
        ("a.json", b"[]"),
        ("a.exe", b"MZ"),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_hostile_files_are_refused_in_words(keepers, name, content):
    with pytest.raises(Refusal) as refusal:
        import_catalogue(keepers.writer, CatalogueFile(name, content), at=AT)
    assert len(str(refusal.value)) > 5
    assert not Procedure.objects.exists()


def test_a_formula_is_not_computed(keepers):
    rows = [*BIRTH[:1], line(paper="=HYPERLINK(1)", originals="1")]
    plan = planned(keepers.writer, as_xlsx(rows), at=AT)
    assert [row.words for row in plan.refused] == ["ô có công thức; hãy dán dưới dạng giá trị"]


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["code", "name", "sector", "cases", "channels", "papers", "fees", "legs", "cutoff"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_report_or_a_refusal(found):
    keepers = Keepers(*[None] * 6)
    file = CatalogueFile("x.json", json.dumps([found]).encode())
    try:
        plan = planned(keepers.writer, file, at=AT)
    except Refusal:
        return
    assert plan.rows


def test_an_outsider_imports_nothing(keepers):
    with pytest.raises(NotPermitted):
        import_catalogue(keepers.outsider, as_csv(BIRTH), at=AT)
    assert not Procedure.objects.exists()


def test_the_command_reports_first_and_writes_on_demand(keepers, tmp_path: Path):
    file = tmp_path / "thu-tuc.csv"
    file.write_bytes(as_csv(BIRTH).content)
    username = keepers.writer.user.username
    call_command("import_procedures", file, username=username, stdout=(out := StringIO()))
    assert "dry run" in out.getvalue()
    assert not Procedure.objects.exists()
    call_command("import_procedures", file, username=username, commit=True, stdout=(out := StringIO()))
    assert "1 new procedures" in out.getvalue()
    with pytest.raises(CommandError, match="does not keep"):
        call_command("import_procedures", file, username=keepers.outsider.user.username, stdout=StringIO())
    assert ProcedureFactory._meta.model.objects.count() == 1
    assert replace(content_of(ProcedureVersion.objects.get()), cases=()).name == "Đăng ký khai sinh"


def test_a_file_with_too_many_rows_is_refused(monkeypatch, keepers):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(FileRefused, match="hơn 3 dòng"):
        planned(keepers.writer, as_csv(BIRTH), at=AT)

"""Which PDFs are taken, and in what words the others are refused."""

import io

import pytest

from egov.files.inspect import inspect_pdf
from egov.files.refusals import FileRefused, FileTooLarge
from egov.files.secrecy import SecretDocument
from tests.egov.files.zoo import ACTIVE, changed, encrypted, paper, plain, two_columns


def inspect(content: bytes, name: str = "Công văn.pdf") -> object:
    return inspect_pdf(io.BytesIO(content), name)


def test_a_document_of_ours_is_taken() -> None:
    found = inspect_pdf(io.BytesIO(paper()), "../Công văn\u202e.pdf")
    assert found.filename == "Công văn.pdf"
    assert found.media_type == "application/pdf"
    assert found.pages == 1
    assert found.size == len(paper())


@pytest.mark.parametrize("kind", ACTIVE)
def test_what_is_dangerous_is_refused_in_words(kind: str) -> None:
    change, words = ACTIVE[kind]
    with pytest.raises(FileRefused, match=words):
        inspect(changed(change))


@pytest.mark.parametrize("password", ["", "bí mật"])
def test_an_encrypted_file_is_refused(password: str) -> None:
    with pytest.raises(FileRefused, match="mật khẩu"):
        inspect(encrypted(password))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="rỗng"):
        inspect(b"")


@pytest.mark.parametrize("content", [b"MZ\x90\x00 a program", b"<html>%PDF-1.7</html>", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="không phải tệp PDF"):
        inspect(content)


def test_a_truncated_file_is_refused_though_a_reader_could_mend_it() -> None:
    """What a reader guesses is not what was signed; a cut may have taken a page."""
    whole = plain(paper())
    inspect(whole)
    with pytest.raises(FileRefused, match="hỏng hoặc bị cắt cụt"):
        inspect(whole[:-40])


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 0.999])
def test_a_truncated_file_is_refused(share: float) -> None:
    whole = paper()
    with pytest.raises(FileRefused, match="hỏng hoặc bị cắt cụt"):
        inspect(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 5000, b"%PDF-" + b"(" * 100_000]
)
def test_garbage_after_the_head_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="hỏng"):
        inspect(content)


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings: object) -> None:
    settings.FILES_MAX_BYTES = 1000  # type: ignore[attr-defined]
    with pytest.raises(FileTooLarge, match="lớn hơn mức cho phép"):
        inspect(paper())


def test_too_many_pages_are_refused(settings: object) -> None:
    settings.FILES_MAX_PDF_PAGES = 3  # type: ignore[attr-defined]

    def four_pages(pdf: object) -> None:
        for _ in range(3):
            pdf.pages.append(pdf.pages[0])  # type: ignore[attr-defined]

    with pytest.raises(FileRefused, match="quá nhiều trang"):
        inspect(changed(four_pages))


@pytest.mark.rule("documents", 30)
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_stamped_document_is_refused_though_other_text_stands_beside_the_stamp(mark: str) -> None:
    """The stamp is set in the left column, on the height of other text, as on real paper."""
    with pytest.raises(SecretDocument, match=mark):
        inspect(paper(circulation=mark))


@pytest.mark.rule("documents", 30)
def test_a_stamp_on_one_line_with_the_date_is_still_a_stamp() -> None:
    inspect(two_columns("TÀI LIỆU", "Thái Bình, ngày 05 tháng 3 năm 2026"))
    with pytest.raises(SecretDocument, match="TỐI MẬT"):
        inspect(two_columns("TỐI MẬT", "Thái Bình, ngày 05 tháng 3 năm 2026"))


@pytest.mark.rule("documents", 30)
@pytest.mark.parametrize(
    "text",
    [
        "Tài liệu có độ TỐI MẬT phải bảo quản riêng.",
        "# KẾ HOẠCH BẢO MẬT",
        "# BẢO VỆ BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT",
    ],
)
def test_a_document_that_speaks_of_secrets_is_taken(text: str) -> None:
    inspect(paper(body=text))


def test_the_given_stream_stays_open_and_unchanged() -> None:
    content = paper()
    stream = io.BytesIO(content)
    inspect_pdf(stream, "a.pdf")
    assert stream.getvalue() == content

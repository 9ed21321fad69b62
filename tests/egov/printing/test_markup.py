"""The small markup of a document's body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov.printing.markup import Part, Run, clean_line, parse


def runs_of(line: str) -> tuple[Run, ...]:
    (part,) = parse("Mở đầu.\n" + line)[1:]
    return part.runs


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        (
            "chữ **đậm** và *nghiêng*",
            (Run("chữ "), Run("đậm", bold=True), Run(" và "), Run("nghiêng", italic=True)),
        ),
        ("**đậm *cả hai* đậm**", (Run("đậm ", True), Run("cả hai", True, True), Run(" đậm", True))),
        ("2 * 3 * 4", (Run("2 * 3 * 4"),)),
        ("một * lẻ", (Run("một * lẻ"),)),
        (r"\*không nghiêng\*", (Run("*không nghiêng*"),)),
        (r"C:\thư mục", (Run(r"C:\thư mục"),)),
        ("****", (Run("****"),)),
        ("Điều 5. Hiệu lực", (Run("Điều 5.", bold=True), Run(" Hiệu lực"))),
        ("Điều 5a. **Hiệu lực**", (Run("Điều 5a.", bold=True), Run(" "), Run("Hiệu lực", bold=True))),
        ("Theo Điều 5. thì", (Run("Theo Điều 5. thì"),)),
    ],
)
def test_emphasis_and_articles(line: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(line) == runs


def test_legal_bases_open_a_decision_and_only_there() -> None:
    parts = parse("Căn cứ Luật A;\nTheo đề nghị của B.\n# QUYẾT ĐỊNH:\nCăn cứ Luật C;")
    assert [part.kind for part in parts] == ["basis", "basis", "heading", "paragraph"]


def test_a_sentence_that_begins_with_can_cu_is_no_basis() -> None:
    assert parse("Căn cứ tình hình, Sở yêu cầu:")[0].kind == "paragraph"


def test_headings_have_levels() -> None:
    assert parse("# A\n## B\n### C\n#D")[1:] == (
        Part("heading", (Run("B"),), 2),
        Part("heading", (Run("C"),), 3),
        Part("paragraph", (Run("#D"),)),
    )


def test_symbols_pasted_from_word_become_real_characters() -> None:
    assert clean_line("\uf0b7 việc một\u00a0\u200b") == "• việc một"


@given(st.text())
def test_every_text_is_accepted_and_no_visible_letter_is_lost(text: str) -> None:
    """Marks apart, what was typed is what is printed."""
    shown = "".join(run.text for part in parse(text) for run in part.runs)
    wanted = "".join(clean_line(line) for line in text.splitlines())
    drop = str.maketrans("", "", " *#\\")
    assert shown.translate(drop) == wanted.translate(drop)

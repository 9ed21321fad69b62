"""The small markup in which the body of a document is written: safe by construction, close to plain text.

=========================  =====================================================================
a line                     a paragraph (first line indented, justified)
``# …``  ``## …``          a centred bold heading (``# QUYẾT ĐỊNH:``, ``## Chương I``)
``### …``                  a bold heading at the left (``### I. TÌNH HÌNH``)
``**bold**``  ``*italic*`` inside a line; ``\\*`` prints an asterisk
=========================  =====================================================================

Clauses are typed as the law writes them (``Điều 1.``, ``1.``, ``a)``, ``-``) and stay plain text: nothing is
renumbered behind a person's back. ``Điều 1.`` is set bold, and the legal bases that open a decision
(``Căn cứ …``, ``Theo đề nghị …``) in italics, as Appendix I of Decree 30/2020/NĐ-CP asks.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

HEADING = re.compile(r"(#{1,3})\s+(.*)")
ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\.")
BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Xét đề nghị)\b.*[;.,]")
EMPHASIS = re.compile(r"\\([\\*])|(\*\*|\*)")
# Bullets and arrows of Word's symbol fonts, which come along when a text is pasted.
WORD_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf02d": "–", "\uf0a7": "▪", "\uf0d8": "→", "\uf0e0": "→", "\uf0fc": "✓"}
)
# Categories that leave no mark on paper: controls, format characters (bidi overrides among them), surrogates.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a legal basis or a heading (level 1 to 3)."""

    kind: str
    runs: tuple[Run, ...]
    level: int = 0

    def as_json(self) -> dict[str, Any]:
        """What the Typst template reads."""
        return asdict(self)


def clean_line(text: str) -> str:
    """One line as it can be printed: composed letters, no invisible characters, single spaces."""
    composed = unicodedata.normalize("NFC", text.translate(WORD_SYMBOLS))
    spaced = (" " if letter.isspace() else letter for letter in composed)
    shown = "".join(letter for letter in spaced if unicodedata.category(letter) not in INVISIBLE)
    return re.sub(" {2,}", " ", shown).strip()


def parse(body: str) -> tuple[Part, ...]:
    """The parts of a body; every text is accepted, markers without a partner are printed as they stand."""
    parts: list[Part] = []
    opening = True
    for raw in body.splitlines():
        line = clean_line(raw)
        if not line:
            continue
        heading = HEADING.fullmatch(line)
        if heading:
            parts.append(Part("heading", _runs(heading[2]), level=len(heading[1])))
            opening = False
        elif opening and BASIS.fullmatch(line):
            parts.append(Part("basis", _runs(line)))
        else:
            opening = False
            parts.append(Part("paragraph", _with_bold_article(_runs(line))))
    return tuple(parts)


def _runs(line: str) -> tuple[Run, ...]:
    """Split a line at its emphasis marks."""
    marks = _paired(line)
    runs: list[Run] = []
    style = {"**": False, "*": False}
    text, end = "", 0
    for match in EMPHASIS.finditer(line):
        text += line[end : match.start()]
        end = match.end()
        if match.start() not in marks:
            text += match[1] or match[2]
            continue
        if text:
            runs.append(Run(text, bold=style["**"], italic=style["*"]))
            text = ""
        style[match[2]] = not style[match[2]]
    text += line[end:]
    if text:
        runs.append(Run(text, bold=style["**"], italic=style["*"]))
    return tuple(runs) or (Run(line),)


def _paired(line: str) -> set[int]:
    """Offsets of the marks that open and close emphasis; in ``2 * 3`` the asterisk is a plain one."""
    paired: set[int] = set()
    opened: dict[str, int] = {}
    for match in EMPHASIS.finditer(line):
        mark = match[2]
        if not mark:
            continue
        if mark in opened and not line[match.start() - 1].isspace():
            paired |= {opened.pop(mark), match.start()}
        elif mark not in opened and line[match.end() : match.end() + 1].strip():
            opened[mark] = match.start()
    return paired


def _with_bold_article(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    first = runs[0]
    match = ARTICLE.match(first.text)
    if not match or first.bold:
        return runs
    rest = Run(first.text[match.end() :], italic=first.italic)
    return (Run(match[0], bold=True), *([rest] if rest.text else []), *runs[1:])

"""The words of a formatted text, for search, feeds and print."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

KINDS = {"h2": "heading", "h3": "heading", "h4": "heading", "li": "item"}
BLOCKS = frozenset({"p", "blockquote", "br", "hr", *KINDS})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text and what it is: ``text``, ``heading``, ``item`` of a list, or ``note``."""

    kind: str
    text: str


class _Reader(HTMLParser):
    """Collects lines; entities arrive as letters."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = [("text", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in BLOCKS:
            self.lines.append((KINDS.get(tag, "text"), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.lines.append(("text", ""))

    def handle_data(self, data: str) -> None:
        kind, text = self.lines[-1]
        self.lines[-1] = (kind, text + data)


def paragraphs(html: str) -> list[Paragraph]:
    """The lines of a formatted text in order, without empty ones."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    cleaned = ((kind, re.sub(r"\s+", " ", text).strip()) for kind, text in reader.lines)
    return [Paragraph(kind, text) for kind, text in cleaned if text]


def plain_text(html: str) -> str:
    """The text without its marks, one paragraph a line."""
    return "\n".join(one.text for one in paragraphs(html))

"""Turns a Typst template and its content into PDF/A-2b; keeps a compiler per template and thread.

A person's words are only ever values in ``sys.inputs`` (JSON), never Typst source, so no text can run code.

Starting a compiler costs ten times what a page costs, so compilers are kept. A compiler serves one thread
at a time (it raises "Already borrowed" otherwise), therefore each thread has its own. Typst's threads do
not live on in a forked child, which would wait for them for ever: :func:`typeset` refuses there instead.
"""

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.printing import fonts
from egov.workflow.refusal import Refusal

PDF_STANDARD: Final = "a-2b"

_local = threading.local()
_started_in: list[int] = []


class UnprintableText(Refusal):
    """The text holds characters that the typefaces cannot show (emoji, other scripts, symbols of Word)."""

    def __init__(self, letters: list[str]) -> None:
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:10])
        super().__init__(
            _("Văn bản có ký tự không in được: %(letters)s. Hãy xóa hoặc thay ký tự này.")
            % {"letters": named}
        )


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF and the spots marked with ``<place>`` (points from the top left corner)."""

    pdf: bytes
    marks: list[dict[str, Any]]


def template_folder() -> Path:
    """Folder of the Typst sources."""
    return Path(settings.BASE_DIR) / "templates" / "pdf"


def typeset(template: str, content: dict[str, Any], *, tagged: bool = True) -> Typeset:
    """Set ``template`` (a name in templates/pdf, without ``.typ``) with ``content``.

    ``tagged`` adds the structure that screen readers use; a long table grows tenfold by it.
    Raises :class:`UnprintableText` when a character has no glyph.
    """
    compiler = _compiler(template)
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[PDF_STANDARD],
            pdf_tags=tagged,
            timestamp=int(timezone.now().timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            letters = fonts.unknown_letters(_text_of(content))
            raise UnprintableText(letters) from error
        raise
    return Typeset(pdf=cast("bytes", pdf), marks=json.loads(compiler.query("<place>", field="value")))


def _compiler(template: str) -> typst.Compiler:
    if not _started_in:
        _started_in.append(os.getpid())
    elif _started_in[0] != os.getpid():
        raise RuntimeError("Typst was used before this process was forked; set documents in the child only")
    compilers: dict[str, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if template not in compilers:
        folder = template_folder()
        compilers[template] = typst.Compiler(
            str(folder / f"{template}.typ"), root=str(folder), font_paths=fonts.typst_fonts()
        )
    return compilers[template]


def _text_of(value: Any) -> str:
    """Every string inside nested content, joined."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(_text_of(part) for part in value.values())
    if isinstance(value, list | tuple):
        return "".join(_text_of(part) for part in value)
    return ""

"""The typeface of official paper: TeX Gyre Termes, a free Times with every Vietnamese letter.

Decree 30/2020/NĐ-CP (Appendix I) asks for Times New Roman, which may not be given away. Termes has the same
widths, so a text breaks into the same lines. The files are unchanged releases under the GUST Font License,
which lies beside them; the only wheel that carries them brings an AGPL typesetter along, therefore they are
kept here.
"""

from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

FAMILY = "TeX Gyre Termes"
FOLDER = Path(__file__).parent / "typefaces"
REGULAR = FOLDER / "texgyretermes-regular.otf"
ITALIC = FOLDER / "texgyretermes-italic.otf"
BOLD = FOLDER / "texgyretermes-bold.otf"
BOLD_ITALIC = FOLDER / "texgyretermes-bolditalic.otf"


@cache
def typst_fonts() -> typst.Fonts:
    """Our typeface and those built into Typst (symbols fall back to them); never the machine's own fonts."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER)])


@cache
def _letters() -> frozenset[int]:
    with TTFont(REGULAR, lazy=True) as font:
        return frozenset(font.getBestCmap())


def unknown_letters(text: str) -> list[str]:
    """Characters of a text that the typeface itself has no glyph for, each once, in order."""
    return [letter for letter in dict.fromkeys(text) if ord(letter) not in _letters()]

"""Letters as paths: a drawn signature or seal carries no font, and is the same in every viewer."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from math import cos, sin

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont


@dataclass(frozen=True, slots=True)
class Glyph:
    """Path operators in font units, and how far the pen moves on."""

    path: bytes
    advance: float


class _PdfPathPen(BasePen):  # type: ignore[misc]  # fontTools carries no types
    """Writes an outline as PDF path operators (quadratic curves become cubic in the base class)."""

    def __init__(self, glyph_set: object) -> None:
        super().__init__(glyph_set)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  (fontTools names the method)
        self.operators.append(f"{pt[0]:g} {pt[1]:g} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.operators.append(f"{pt[0]:g} {pt[1]:g} l")

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.operators.append(f"{pt1[0]:g} {pt1[1]:g} {pt2[0]:g} {pt2[1]:g} {pt3[0]:g} {pt3[1]:g} c")

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")


class Lettering:
    """The outlines of one typeface, read once per process."""

    def __init__(self, font: TTFont) -> None:
        self._glyph_set = font.getGlyphSet()
        self._cmap = font.getBestCmap()
        self._advances = font["hmtx"]
        self.units_per_em: int = font["head"].unitsPerEm

    @lru_cache(maxsize=2048)  # noqa: B019  (letterings live as long as the process)
    def glyph(self, character: str) -> Glyph:
        """Outline of a character; one that the typeface lacks is drawn as a space."""
        name = self._cmap.get(ord(character)) or self._cmap[ord(" ")]
        pen = _PdfPathPen(self._glyph_set)
        self._glyph_set[name].draw(pen)
        return Glyph(" ".join(pen.operators).encode(), self._advances[name][0])

    def width(self, text: str) -> float:
        """Length of a line in font units."""
        return sum(self.glyph(character).advance for character in text)

    def line(self, text: str, *, size: float, x: float, y: float, slant: float = 0.0) -> bytes:
        """A line of text as filled paths, its baseline starting at (x, y)."""
        scale = size / self.units_per_em
        parts = []
        for character in text:
            glyph = self.glyph(character)
            if glyph.path:
                parts.append(
                    b"q %.4f 0 %.4f %.4f %.3f %.3f cm %s f Q"
                    % (scale, scale * slant, scale, x, y, glyph.path)
                )
            x += glyph.advance * scale
        return b"\n".join(parts)

    def arc(self, text: str, *, size: float, radius: float, middle: float) -> bytes:
        """Text on a circle around (0, 0), feet inwards, centred on the angle ``middle`` (radians)."""
        scale = size / self.units_per_em
        angle = middle + self.width(text) * scale / radius / 2
        parts = []
        for character in text:
            glyph = self.glyph(character)
            half = glyph.advance * scale / radius / 2
            angle -= half
            turn = angle - 1.5707963267948966
            c, s = cos(turn) * scale, sin(turn) * scale
            # Start of the glyph's baseline: half an advance to the left of the point on the circle.
            start_x = radius * cos(angle) - glyph.advance / 2 * c
            start_y = radius * sin(angle) - glyph.advance / 2 * s
            if glyph.path:
                parts.append(
                    b"q %.5f %.5f %.5f %.5f %.3f %.3f cm %s f Q" % (c, s, -s, c, start_x, start_y, glyph.path)
                )
            angle -= half
        return b"\n".join(parts)


@cache
def handwriting() -> Lettering:
    """A hand for people who have stored no picture of their signature."""
    resource = files("fontpkg_dancing_script") / "files" / "DancingScript[wght].ttf"
    with as_file(resource) as path:
        return Lettering(TTFont(path))


@cache
def seal_lettering() -> Lettering:
    """Bold upright letters of the seal's rim."""
    resource = files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Bold.ttf"
    with as_file(resource) as path:
        return Lettering(TTFont(path))

"""Cuts the pages' typeface to the letters of Vietnamese and English: 25 kB on a slow line instead of 130."""

from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

WEIGHTS = ("Regular", "SemiBold")
# Latin, Vietnamese letters, combining marks of decomposed text, punctuation, đồng sign, arrows.
RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169),
    (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x304), (0x306, 0x30C), (0x31B, 0x31B), (0x323, 0x323),
    (0x1EA0, 0x1EF9), (0x2010, 0x2027), (0x2030, 0x203A),
    (0x20AB, 0x20AB), (0x2190, 0x2193), (0x2212, 0x2212),
)  # fmt: skip


class Command(BaseCommand):
    """Writes static/fonts/*.woff2 from the font package; run when the package changes."""

    help = "Write static/fonts/be-vietnam-pro-*.woff2 from the font package (needs brotli)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        source = Path(fontpkg_be_vietnam_pro.__file__).parent
        target = Path(settings.BASE_DIR) / "static" / "fonts"
        target.mkdir(parents=True, exist_ok=True)
        for weight in WEIGHTS:
            path = target / f"be-vietnam-pro-{weight.lower()}.woff2"
            cut(source / "files" / f"BeVietnamPro-{weight}.ttf", path)
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
        (target / "OFL.txt").write_text((source / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")


def cut(source: Path, target: Path) -> None:
    """Write the font with only the letters of RANGES, as woff2."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "mark", "mkmk", "ccmp", "tnum", "locl"])
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    subset.save_font(font, str(target), options)

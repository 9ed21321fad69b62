"""Run as a program (``python -I flatten_pdf.py FROM TO``): draws every page and keeps the drawing alone.

A process of its own with limits, as :mod:`egov.files.pdf_probe` is: what it opens came from outside. Text
under a black bar, layers, notes, earlier versions, author and device do not survive being drawn.
"""

import io
import resource
import sys
from pathlib import Path

import pikepdf
import pypdfium2

CPU_SECONDS = 120
MEMORY = 2 * 1024**3
DPI = 150
POINTS_AN_INCH = 72
JPEG_QUALITY = 80
# Two metres: a page that claims to be larger is drawn smaller.
MOST_PIXELS = 12_000


def flatten(source: Path, target: Path) -> None:
    """One picture a page, of the page's own size."""
    result = pikepdf.new()
    with pypdfium2.PdfDocument(source) as document:
        document.init_forms()
        for page in document:
            width, height = page.get_size()
            scale = min(DPI / POINTS_AN_INCH, MOST_PIXELS / max(width, height))
            picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
            jpeg = io.BytesIO()
            picture.save(jpeg, "JPEG", quality=JPEG_QUALITY)
            _add_page(result, jpeg.getvalue(), picture.size, (width, height))
            page.close()
    # No particulars at all: neither in the dictionary nor as XMP, and an identity of its content alone.
    result.save(target, deterministic_id=True)


def _add_page(result: pikepdf.Pdf, jpeg: bytes, pixels: tuple[int, int], size: tuple[float, float]) -> None:
    page = result.add_blank_page(page_size=size)
    image = pikepdf.Stream(
        result,
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=pixels[0],
        Height=pixels[1],
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    page.obj.Contents = pikepdf.Stream(result, f"{size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Page Do".encode())


def main() -> None:
    """From the first path to the second."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    flatten(Path(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()

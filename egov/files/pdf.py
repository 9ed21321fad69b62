"""Asks :mod:`egov.files.pdf_probe` about a PDF and puts its answer into words."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from egov.files.refusals import FileRefused

PROBE = Path(__file__).with_name("pdf_probe.py")
TIME_LIMIT = 30  # seconds; the probe's own limit of processor time is shorter


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Pages, and the text of the first page in the pieces that an eye sees."""

    pages: int
    lines: tuple[str, ...]


def probe_pdf(path: Path, name: str, *, max_pages: int) -> PdfFacts:
    """Facts of a PDF; :class:`FileRefused` when it is encrypted, damaged, active, a bomb or too long."""
    try:
        answer = subprocess.run(
            [sys.executable, "-I", str(PROBE), str(path), str(max_pages)],
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as expired:
        raise FileRefused(_fault_in_words("bomb", name)) from expired
    if answer.returncode < 0:  # stopped by a limit
        raise FileRefused(_fault_in_words("bomb", name))
    if answer.returncode > 0:
        raise RuntimeError(f"pdf_probe failed: {answer.stderr.decode(errors='replace')[-2000:]}")
    found = json.loads(answer.stdout)
    if "fault" in found:
        raise FileRefused(_fault_in_words(found["fault"], name))
    return PdfFacts(pages=found["pages"], lines=tuple(found["lines"]))


def _fault_in_words(fault: str, name: str) -> str:
    sentences = {
        "encrypted": _("“%(name)s” được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."),
        "damaged": _("“%(name)s” bị hỏng hoặc bị cắt cụt. Hãy xuất lại tệp PDF rồi gửi lại."),
        "pages": _("“%(name)s” có quá nhiều trang."),
        "bomb": _("“%(name)s” nở ra quá lớn khi mở; tệp này có thể gây hại nên không được nhận."),
        "javascript": _("“%(name)s” có chứa mã lệnh (JavaScript) nên không được nhận."),
        "launch": _("“%(name)s” có lệnh chạy chương trình nên không được nhận."),
        "action": _("“%(name)s” có hành động tự động nên không được nhận."),
        "xfa": _("“%(name)s” là biểu mẫu động (XFA) nên không được nhận. Hãy in ra PDF thường."),
        "media": _("“%(name)s” có âm thanh, phim hoặc nội dung tương tác nên không được nhận."),
        "embedded": _("“%(name)s” có tệp khác nhúng bên trong nên không được nhận. Hãy gửi tệp đó riêng."),
    }
    return sentences[fault] % {"name": name}

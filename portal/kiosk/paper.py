"""A PDF for the board's printer: shown in a frame of the board's own page and nowhere else."""

from django.http import HttpResponse

POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def for_print(content: bytes, name: str) -> HttpResponse:
    """Framed by our own page only, kept nowhere."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "SAMEORIGIN",
    }
    return HttpResponse(content, "application/pdf", headers=headers)

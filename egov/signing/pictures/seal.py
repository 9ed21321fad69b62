"""An agency's round red seal drawn from its name, for an agency that has stored no picture of its seal.

A picture of the real seal (PNG, transparent, real size; Decree 30, Appendix I, box 8) goes before it.
"""

from functools import lru_cache
from math import cos, pi, sin

from egov.signing.pictures.outline import seal_lettering

RED = (0.80, 0.04, 0.08)
_KAPPA = 0.5522847498  # control points of a quarter circle


@lru_cache(maxsize=1024)
def seal(agency_name: str, diameter: float) -> bytes:
    """Operators that draw the seal inside a square of that size, its lower left corner at (0, 0)."""
    letters = seal_lettering()
    radius = diameter / 2
    outer, inner = radius * 0.965, radius * 0.64
    text = agency_name.upper()
    rim = (outer + inner) / 2
    sweep_limit = 2 * pi * 0.82
    size = radius * 0.215
    length = letters.width(text) * size / letters.units_per_em
    size *= min(1.0, sweep_limit * (rim - size * 0.36) / max(length, 1))
    colour = b"%.2f %.2f %.2f" % RED
    parts = [
        b"q 1 0 0 1 %.3f %.3f cm %s rg %s RG" % (radius, radius, colour, colour),
        b"%.2f w %s S" % (radius * 0.055, _circle(outer)),
        b"%.2f w %s S" % (radius * 0.018, _circle(outer - radius * 0.065)),
        b"%.2f w %s S" % (radius * 0.022, _circle(inner)),
        letters.arc(text, size=size, radius=rim - size * 0.36, middle=pi / 2),
        _star(0, -rim, radius * 0.085),
        _star(0, 0, inner * 0.62),
        b"Q",
    ]
    return b"\n".join(parts)


def _circle(radius: float) -> bytes:
    r, k = radius, radius * _KAPPA
    return b"%.3f 0 m %.3f %.3f %.3f %.3f 0 %.3f c %.3f %.3f %.3f %.3f %.3f 0 c" % (
        *(r, r, k, k, r, r),
        *(-k, r, -r, k, -r),
    ) + b" %.3f %.3f %.3f %.3f 0 %.3f c %.3f %.3f %.3f %.3f %.3f 0 c h" % (
        *(-r, -k, -k, -r, -r),
        *(k, -r, r, -k, r),
    )


def _star(x: float, y: float, radius: float) -> bytes:
    """A five-pointed star, one point up."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = pi / 2 + corner * pi / 5
        points.append((x + reach * cos(angle), y + reach * sin(angle)))
    path = b" ".join(
        b"%.3f %.3f %s" % (px, py, b"m" if index == 0 else b"l") for index, (px, py) in enumerate(points)
    )
    return path + b" h f"

"""A person's signature drawn from the name: blue, slanted, underlined by a stroke (Decree 30, Appendix I)."""

from functools import lru_cache

from egov.signing.pictures.outline import handwriting

BLUE = (0.05, 0.16, 0.62)


@lru_cache(maxsize=512)
def autograph(name: str, width: float, height: float) -> bytes:
    """Operators that draw the name's signature inside a box of that size, its lower left corner at (0, 0)."""
    hand = handwriting()
    words = name.split()
    # People sign with their given name written large; the family name would make it unreadably small.
    text = " ".join(words[-2:]) or name
    slant = 0.18
    size = min(height * 0.62, (width * 0.80) * hand.units_per_em / max(hand.width(text), 1))
    length = hand.width(text) * size / hand.units_per_em
    x = (width - length) / 2 - slant * size * 0.2
    y = height * 0.36
    written = hand.line(text, size=size, x=x, y=y, slant=slant)
    colour = b"%.2f %.2f %.2f" % BLUE
    stroke = b"%.3f %.3f m %.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c" % (
        *(width * 0.04, y - size * 0.10),
        *(width * 0.30, y - size * 0.34),
        *(width * 0.66, y - size * 0.16),
        *(width * 0.95, y + size * 0.14),
        *(width * 0.80, y - size * 0.20),
        *(width * 0.52, y - size * 0.34),
        *(width * 0.34, y - size * 0.36),
    )
    return b"q %s rg %s RG 1 J 1 j %.2f w %s S\n%s Q" % (
        colour,
        colour,
        max(0.7, size * 0.028),
        stroke,
        written,
    )

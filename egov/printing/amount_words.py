"""Amounts of money in Vietnamese words, as receipts must state them."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ")
THOUSAND = 1_000
MOST = 10**12 - 1


def amount_in_words(dong: int) -> str:
    """“Một trăm hai mươi mốt nghìn đồng”. Raises ValueError below zero and from a thousand billion on."""
    if not 0 <= dong <= MOST:
        raise ValueError(f"not an amount of money: {dong}")
    words = _number(dong) if dong else [DIGITS[0]]
    return f"{' '.join(words).capitalize()} đồng"


def _number(number: int) -> list[str]:
    groups = []
    while number:
        number, rest = divmod(number, THOUSAND)
        groups.append(rest)
    words: list[str] = []
    for place in reversed(range(len(groups))):
        if group := groups[place]:
            words += _group(group, is_first=not words)
            words += [GROUPS[place]] if GROUPS[place] else []
    return words


def _group(group: int, *, is_first: bool) -> list[str]:
    """Three digits; zeros before them are spoken unless the number begins here."""
    hundreds, rest = divmod(group, 100)
    words = [] if is_first and not hundreds else [DIGITS[hundreds], "trăm"]
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones:
            words += ["linh", DIGITS[ones]] if words else [DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5:  # noqa: PLR2004  (năm is said lăm after a ten)
        words.append("lăm")
    elif ones:
        words.append(DIGITS[ones])
    return words

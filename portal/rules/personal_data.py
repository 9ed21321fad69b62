"""What nobody publishes of a person: numbers and addresses that lead to them (Law 91/2025/QH15)."""

import re

# The years of a decree or a sum of money are no numbers of people: those have nine to twelve digits.
_NUMBER = re.compile(r"(?<![\d/.-])(?:\+?\d[ .-]?){8,12}\d(?![\d/])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_DIGITS = re.compile(r"\D")
SHORTEST, LONGEST = 9, 12
_MONEY = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")


def personal_data_in(text: str) -> list[str]:
    """Numbers of identity papers and telephones, and e-mail addresses, as they stand in the text."""
    numbers = [
        found.group().strip()
        for found in _NUMBER.finditer(text)
        if SHORTEST <= len(_DIGITS.sub("", found.group())) <= LONGEST
        and not _MONEY.match(found.group().strip())
    ]
    return numbers + _EMAIL.findall(text)

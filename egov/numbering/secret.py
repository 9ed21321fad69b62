"""The secret printed beside a number: whoever holds the paper knows both, and can read them to somebody."""

import secrets

# Letters and digits that nobody takes for one another, on paper or by telephone.
ALPHABET = "ACDEFHJKMNPQRTUVWXY34679"


def new_secret(length: int) -> str:
    """So many characters by chance."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(length))

"""Amounts of money as pages write them."""

from django import template

from onestop.queries.receipt_paper import in_digits

register = template.Library()


@register.filter
def dong(amount: int | None) -> str:
    """1.250.000 đ; nothing for no amount."""
    return f"{in_digits(amount)} đ" if amount is not None else ""

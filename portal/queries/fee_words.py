"""What a fee is, in words: an amount that nobody has set is neither free nor a number."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from onestop.public import FeeLine


def fee_words(fee: FeeLine) -> str:
    """“8.000 đồng mỗi bản”, “Không thu”, or who determines it."""
    if fee.is_free or fee.amount is None:
        return fee.basis_words
    words = [f"{_dong(fee.amount)} ({fee.basis_words.lower()})"]
    if fee.later_from and fee.later_amount is not None:
        words.append(
            _("từ đơn vị thứ %(count)d: %(amount)s")
            % {"count": fee.later_from, "amount": _dong(fee.later_amount)}
        )
    if fee.cap:
        words.append(_("tối đa %(amount)s") % {"amount": _dong(fee.cap)})
    return "; ".join(words)


def _dong(amount: int) -> str:
    return _("%(amount)s đồng") % {"amount": intcomma(amount)}

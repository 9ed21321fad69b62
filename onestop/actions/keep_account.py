"""Say which bank account the fees of an agency are transferred to; slips and pages print its VietQR code."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.models import CollectionAccount

BIN, NUMBER = re.compile(r"\d{6}", re.ASCII), re.compile(r"[0-9A-Z]{1,19}")
NAME_LENGTH, HOLDER_LENGTH = 100, 200


class AccountNotAcceptable(Refusal):
    """Money cannot be sent to such an account."""


@action("onestop.keep_account", allowed=rules.may_keep_account)
def keep_account(
    actor: Actor,
    agency: Agency,
    *,
    bank_bin: str,
    bank_name: str,
    number: str,
    holder: str,
    at: datetime,  # noqa: ARG001
) -> CollectionAccount:
    """Keep the account; the one before stays in the audit log. Raises AccountNotAcceptable."""
    number = number.replace(" ", "").upper()
    bank_name, holder = clean_line(bank_name), clean_line(holder)
    if not BIN.fullmatch(bank_bin):
        raise AccountNotAcceptable(_("Mã ngân hàng (BIN) gồm đúng 6 chữ số, ví dụ 970415."))
    if not NUMBER.fullmatch(number):
        raise AccountNotAcceptable(_("Số tài khoản chỉ gồm chữ số, chữ cái không dấu, tối đa 19 ký tự."))
    if not (0 < len(bank_name) <= NAME_LENGTH and 0 < len(holder) <= HOLDER_LENGTH):
        raise AccountNotAcceptable(_("Hãy ghi tên ngân hàng và tên chủ tài khoản."))
    before = CollectionAccount.objects.filter(agency=agency).first()
    if before is not None:
        record(actor, "onestop.replace_account", before, was=str(before), bank=before.bank_bin)
    kept, _made = CollectionAccount.objects.update_or_create(
        agency=agency,
        defaults={"bank_bin": bank_bin, "bank_name": bank_name, "number": number, "holder": holder},
    )
    return kept

"""The code of a dossier and what else a receipt is looked up by."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.numbering import secret
from egov.numbering.next_number import next_number
from egov.organizations.models import Agency
from egov.workflow.refusal import Refusal

SECRET_LENGTH = 4
# A day has its own series of codes; what is filed online has numbers of another one until it is received.
CODE_BOOK, FILING_BOOK = "dossier-{day:%y%m%d}", "filing-{day:%y%m%d}"
FILING_MARK = "DK"
CODE_LENGTH = 40


class CodeTooLong(Refusal):
    """The agency's identification code leaves no room for a dossier code."""


def next_code(agency: Agency, received_at: datetime) -> str:
    """The next code of the agency on the day of receipt, such as ``H54.12.05-260302-0001`` (domain: 3.1).

    Taken under the lock of the agency's series of that day until the transaction ends: two counters get two
    codes in turn, and one that is rolled back gives its number back (rule 9). Past 9999 it grows wider.
    """
    day = timezone.localdate(received_at)
    serial = next_number(agency_id=agency.pk, book=CODE_BOOK.format(day=day), year=day.year)
    return _fitting(f"{agency.code}-{day:%y%m%d}-{serial:04d}")


def next_filing_number(agency: Agency, submitted_at: datetime) -> str:
    """What an online filing is called until somebody has received it: ``H54.12.05-DK260302-0001``."""
    day = timezone.localdate(submitted_at)
    serial = next_number(agency_id=agency.pk, book=FILING_BOOK.format(day=day), year=day.year)
    return _fitting(f"{agency.code}-{FILING_MARK}{day:%y%m%d}-{serial:04d}")


def new_secret() -> str:
    """Four characters that the public lookup asks for besides the code."""
    return secret.new_secret(SECRET_LENGTH)


def _fitting(code: str) -> str:
    if len(code) > CODE_LENGTH:
        raise CodeTooLong(_("Mã định danh của cơ quan quá dài để cấp mã hồ sơ. Hãy báo quản trị hệ thống."))
    return code

"""Who may do what in the portal; a file for each part."""

from portal.rules.citizens import may_choose_channels, may_see_notices, may_stop_channel
from portal.rules.filing import (
    may_begin_draft,
    may_send_bytes,
    may_sign_receipt,
    may_submit_draft,
    may_write_draft,
)
from portal.rules.inquiries import (
    may_answer,
    may_assign,
    may_decide_publication,
    may_propose,
    may_sort,
    may_submit_inquiry,
)

__all__ = [
    "may_answer",
    "may_assign",
    "may_begin_draft",
    "may_choose_channels",
    "may_decide_publication",
    "may_propose",
    "may_see_notices",
    "may_send_bytes",
    "may_sign_receipt",
    "may_sort",
    "may_stop_channel",
    "may_submit_draft",
    "may_submit_inquiry",
    "may_write_draft",
]

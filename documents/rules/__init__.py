"""Who may do what with a document; each answer is a Verdict that a page can show as it stands."""

from documents.rules.outgoing import (
    may_draft,
    may_edit,
    may_issue,
    may_number,
    may_read,
    may_return_to_drafter,
    may_seal,
    may_sign,
    may_submit,
    may_withdraw,
)

__all__ = [
    "may_draft",
    "may_edit",
    "may_issue",
    "may_number",
    "may_read",
    "may_return_to_drafter",
    "may_seal",
    "may_sign",
    "may_submit",
    "may_withdraw",
]

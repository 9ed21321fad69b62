"""Link letters with the same person, content and subject: a person decides, nothing is merged (rule 49)."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.classify import classify_all
from complaints.actions.reckon import reckon
from complaints.models import Letter
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotADuplicate(Refusal):
    """The two letters cannot be one case: other registers, other bodies, or the wrong way round."""


@action("complaints.link_duplicate", allowed=rules.may_work_on_letter)
def link_duplicate(actor: Actor, letter: Letter, first: Letter, *, at: datetime) -> Letter:
    """Say that the letter repeats an earlier one: it keeps its number and follows the first one's clock.

    Links never form a chain: a duplicate of a duplicate leads to the first. An open letter and a protected
    one are never linked, as that would tell who denounces. Raises NotADuplicate.
    """
    _hold_register(letter.agency)
    root = Letter.objects.visible_to(actor).filter(pk=first.pk).select_related("root").first()
    root = root.root or root if root else None
    if root is None or (root.agency_id, root.series) != (letter.agency_id, letter.series):
        raise NotADuplicate(_("Chỉ liên kết được các đơn cùng một sổ của cơ quan."))
    if root.pk == letter.pk or (root.received_at, root.pk) > (letter.received_at, letter.pk):
        raise NotADuplicate(_("Đơn gốc phải là đơn đến trước."))
    # Those that pointed here now point to the first; the letter's own row is the caller's.
    for one in [letter, *letter.duplicates.select_for_update(of=("self",)).select_related("agency")]:
        _point(actor, one, root, reason=_("Đơn trùng với đơn %(code)s.") % {"code": root.code}, at=at)
    return letter


@action("complaints.unlink_duplicate", allowed=rules.may_work_on_letter)
def unlink_duplicate(actor: Actor, letter: Letter, *, at: datetime) -> Letter:
    """Take the link back: the letter is a case of its own again, with its own clock. Raises NotADuplicate."""
    _hold_register(letter.agency)
    if letter.root is None:
        raise NotADuplicate(_("Đơn này không liên kết với đơn nào."))
    _point(
        actor, letter, None, reason=_("Bỏ liên kết đơn trùng %(code)s.") % {"code": letter.root.code}, at=at
    )
    return letter


def _hold_register(agency: Agency) -> None:
    """One linking at a time in a body: two that point at each other would be a ring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x6C696E6B, agency.pk % 2**31])


def _point(actor: Actor, letter: Letter, root: Letter | None, *, reason: str, at: datetime) -> None:
    letter.root = root
    letter.save(update_fields=["root"])
    classify_all(letter, at=at)
    for matter in letter.matters.select_for_update(of=("self",)).select_related("letter__root", "agency"):
        reckon(actor, matter, reason=reason, at=at)

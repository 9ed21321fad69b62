"""Let one agency take over from others."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actions.close_agency import end_agency
from egov.organizations.actions.place_agency import lock_tree, move_subtree
from egov.organizations.actor import Actor
from egov.organizations.models import Agency, Succession
from egov.organizations.queries import tree
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NothingToMerge(Refusal):
    """A merger needs another agency."""


class SuccessorNotThere(Refusal):
    """The successor does not exist on the day of the merger."""


@action("organizations.merge_agencies", allowed=rules.may_reorganize)
def merge_agencies(
    actor: Actor,
    successor: Agency,
    *,
    predecessors: Sequence[Agency],
    on: date,
    basis: str,
) -> Agency:
    """From that day on the successor stands for the predecessors: they end, agencies below them move to it.

    Who took over from whom is kept with the legal basis; names and numbers of the past stay as they were.
    """
    ending = [one for one in predecessors if one.pk != successor.pk]
    if not ending:
        raise NothingToMerge(_("Hãy chọn ít nhất một cơ quan khác để hợp nhất."))
    if not successor.exists_on(on):
        raise SuccessorNotThere(
            _("Cơ quan tiếp nhận không hoạt động vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
        )
    lock_tree()
    for predecessor in Agency.objects.select_for_update(no_key=True).filter(
        pk__in=[one.pk for one in ending]
    ):
        for below in tree.children(predecessor, on).exclude(pk=successor.pk):
            move_subtree(below, successor, on)
        end_agency(predecessor, on)
        Succession.objects.create(predecessor=predecessor, successor=successor, on=on, basis=basis)
    return successor

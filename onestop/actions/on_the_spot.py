"""“5 tại chỗ”: received, appraised, approved, sealed and given back in one visit (domain: 6).

Each step is taken by the person who is competent for it, with their own account and at its true moment; the
counter's last one says that the result is there and hands it over.
"""

from datetime import datetime

from egov.organizations.actor import Actor
from egov.workflow.action import action
from onestop import rules
from onestop.actions.finish import finish
from onestop.actions.return_result import Collector, return_result
from onestop.models import Collection, Dossier


@action("onestop.return_on_the_spot", allowed=rules.may_return_on_the_spot)
def return_on_the_spot(actor: Actor, dossier: Dossier, collector: Collector, *, at: datetime) -> Collection:
    """Take the result in and hand it to the applicant who waited for it: both, or neither.

    Raises every refusal of ``finish`` and of ``return_result``.
    """
    return return_result(actor, finish(actor, dossier, at=at), collector, at=at)

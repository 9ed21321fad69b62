"""One receipt for several dossiers that one person handed in together, with the list annexed to it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.issue_form import form_of_day, next_slip_number
from onestop.enums import FormKind
from onestop.models import CounterSlip, Dossier
from onestop.queries.batch import MOST_TOGETHER, handed_in_with
from onestop.queries.batch_slip import batch_receipt
from onestop.queries.slips import charge_words


class NotOneBatch(Refusal):
    """They were not handed in together by one person at this counter."""


@action("onestop.issue_batch_receipt", allowed=rules.may_issue_batch_receipt)
def issue_batch_receipt(actor: Actor, dossiers: Iterable[Dossier], *, at: datetime) -> CounterSlip:
    """Issue it; every dossier keeps its own code, day and receipt. The same ones again give the first one.

    Raises NotOneBatch, FormNotLoaded.
    """
    keys = sorted({one.pk for one in dossiers})
    if not 1 < len(keys) <= MOST_TOGETHER:
        raise NotOneBatch(_("Giấy tiếp nhận chung ghi từ 2 đến %(most)d hồ sơ.") % {"most": MOST_TOGETHER})
    # In one order, so that two clicks wait for each other; the second then finds the first one's receipt.
    rows = Dossier.objects.visible_to(actor).filter(pk__in=keys)
    locked = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    together = {one.pk: one for one in handed_in_with(actor, locked[0])} if locked else {}
    if not set(keys) <= set(together):
        raise NotOneBatch(
            _(
                "Giấy tiếp nhận chung chỉ cấp cho các hồ sơ một người nộp trong một ngày, đã tiếp nhận tại "
                "cơ quan này."
            )
        )
    batch = [together[key] for key in keys]
    if (earlier := _of_same(batch)) is not None:
        return earlier
    prefetch_related_objects(batch, "charges")
    on = timezone.localdate(at)
    form = form_of_day(FormKind.RECEIPT, on)
    number = next_slip_number(actor.agency, FormKind.RECEIPT, on)
    issued = CounterSlip.objects.create(
        kind=FormKind.RECEIPT,
        form=form,
        agency=actor.agency,
        year=on.year,
        number=number,
        content=batch_receipt(
            batch,
            form,
            number=number,
            agency=actor.agency,
            person=actor.user.full_name,
            fees={
                one.pk: charge_words([charge for charge in one.charges.all() if charge.exemption_id is None])
                for one in batch
            },
            at=at,
        ),
        issued_at=at,
        issued_by=actor.membership,
    )
    issued.dossiers.set(batch)
    return issued


def _of_same(batch: list[Dossier]) -> CounterSlip | None:
    wanted = {one.pk for one in batch}
    for slip in batch[0].batch_slips.prefetch_related("dossiers"):
        if {one.pk for one in slip.dossiers.all()} == wanted:
            return slip
    return None

"""What a dossier has to pay, laid down when it is received."""

from collections.abc import Mapping
from datetime import datetime

from egov.workflow.performer import Performer
from onestop.enums import PaymentState
from onestop.fees import ChargeLine, charges_for
from onestop.models import Dossier


def lay_charges(
    dossier: Dossier,
    *,
    quantities: Mapping[int, int],
    exemption: object,
    by: Performer,  # noqa: ARG001
    at: datetime,  # noqa: ARG001
) -> tuple[ChargeLine, ...]:
    """Note whether the dossier has something to pay; one without a fee never meets a payment step (rule 34).

    Inside the action that receives it.
    """
    lines = () if exemption else charges_for(dossier.case, dossier.channel, quantities)
    if lines:
        dossier.payment_state = PaymentState.DUE
        dossier.save(update_fields=["payment_state"])
    return lines

"""Put on file that two officials are family, so that neither handles a matter against the other (rule 17)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.models import Kin
from egov.accounts.models import User
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

BASIS_LENGTH = 200


class KinNotNoted(Refusal):
    """The same person, on file already, or without a basis."""


@action("complaints.note_kin", allowed=rules.may_note_kin)
def note_kin(
    actor: Actor, official: User, *, relative: User, relation: Kin.Relation, basis: str, at: datetime
) -> Kin:
    """Write the tie down; it holds both ways. Raises KinNotNoted."""
    basis = clean_line(basis)[:BASIS_LENGTH]
    if official.pk == relative.pk:
        raise KinNotNoted(_("Hãy chọn hai người khác nhau."))
    if not basis:
        raise KinNotNoted(_("Hãy ghi căn cứ: bản khai, hồ sơ cán bộ."))
    if relative.pk in Kin.objects.of_user(official.pk):
        raise KinNotNoted(_("Quan hệ của hai người này đã được ghi."))
    return Kin.objects.create(
        official=official,
        relative=relative,
        relation=relation,
        basis=basis,
        noted_at=at,
        noted_by=actor.membership,
    )


@action("complaints.end_kin", allowed=rules.may_end_kin)
def end_kin(actor: Actor, kin: Kin, *, at: datetime) -> Kin:  # noqa: ARG001  (the frame records who)
    """The tie no longer holds; the row stays. Ending it again changes nothing."""
    if kin.ended_at is None:
        kin.ended_at = at
        kin.save(update_fields=["ended_at"])
    return kin

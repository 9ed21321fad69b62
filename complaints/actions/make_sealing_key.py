"""A person makes the key pair with which they keep, open or recover what is sealed."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.opened_key import pepper
from complaints.models import SealingKey
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.sealing.personal_key import Cost, make_key
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

# Five words out of a few thousand, or a sentence: what offline guessing of a slow hash does not reach.
SHORTEST, LONGEST, FEWEST_LETTERS = 16, 200, 8


class PassphraseTooWeak(Refusal):
    """Too short, or the same few letters again and again."""


class HasKey(Refusal):
    """The position has a key in use."""


@action("complaints.make_sealing_key", allowed=rules.may_make_sealing_key)
def make_sealing_key(
    actor: Actor,  # noqa: ARG001  (for the frame: the owner alone)
    owner: Membership,
    *,
    passphrase: str,
    at: datetime,
) -> SealingKey:
    """Make the actor's own key pair. The passphrase is kept nowhere: whoever forgets it needs recovery.

    Raises PassphraseTooWeak, HasKey.
    """
    if not SHORTEST <= len(passphrase) <= LONGEST or len(set(passphrase)) < FEWEST_LETTERS:
        raise PassphraseTooWeak(
            _(
                "Mật khẩu mở khóa cần từ %(shortest)s ký tự, gồm nhiều ký tự khác nhau; "
                "nên là một câu dài dễ nhớ."
            )
            % {"shortest": SHORTEST}
        )
    if SealingKey.objects.filter(owner=owner, closed_at=None).exists():
        raise HasKey(_("Bạn đang có một khóa. Hãy bàn giao hoặc bỏ khóa đó trước khi tạo khóa mới."))
    cost = Cost(settings.SEALING_ARGON2_MEMORY, settings.SEALING_ARGON2_ROUNDS, settings.SEALING_ARGON2_LANES)
    locked = make_key(passphrase, pepper=pepper(), cost=cost)
    return SealingKey.objects.create(
        owner=owner,
        public_key=locked.public_key,
        ciphertext=locked.ciphertext,
        nonce=locked.nonce,
        salt=locked.salt,
        memory_kib=cost.memory_kib,
        rounds=cost.rounds,
        lanes=cost.lanes,
        made_at=at,
    )

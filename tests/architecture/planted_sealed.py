"""A denunciation with its seal, a redacted copy, an opening and a recovery under way."""

from collections.abc import Mapping

from complaints.actions.open_seal import ask_opening
from complaints.actions.recover_key import ask_recovery
from complaints.actions.seal_person import SealedPerson, seal_person
from complaints.enums import DutyKind, MatterKind, SealedKind
from complaints.models import RedactedCopy
from egov.files.store import put
from egov.organizations.models import Agency
from tests.conftest import MONDAY_MORNING
from tests.factories.documents import pdf_of
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.sealing import key_of, make_sealed_office


def plant_sealed(agency: Agency, secret: str) -> Mapping[str, int]:
    """The keys of what was planted, by the views that show or change it."""
    office = make_sealed_office(agency, at=MONDAY_MORNING)
    letter = LetterFactory(agency=agency, protected=True, received_at=MONDAY_MORNING)
    matter = MatterFactory(letter=letter, kind=MatterKind.DENUNCIATION, summary=secret, subject=secret)
    seal_person(office.keeper, letter, SealedPerson(name=secret), at=MONDAY_MORNING)
    RedactedCopy.objects.create(
        letter=letter,
        ordinal=1,
        file=put(pdf_of(secret), media_type="application/pdf"),
        extension=".pdf",
        added_at=MONDAY_MORNING,
        added_by=office.keeper.membership,
    )
    key_of(office.keeper, at=MONDAY_MORNING)
    opening = ask_opening(office.keeper, letter, kind=SealedKind.PERSON, reason="Xác minh", at=MONDAY_MORNING)
    successor = key_of(appointed(agency, DutyKind.CUSTODIAN), at=MONDAY_MORNING)
    recovery = ask_recovery(
        office.head, office.recovery_key, successor, reason="Mất mật khẩu", at=MONDAY_MORNING
    )
    return {
        **dict.fromkeys(("sealed_ask", "sealed_copy", "sealed_copy_add", "sealed_original_add"), matter.pk),
        **dict.fromkeys(("opening_detail", "opening_answer", "opening_release", "opening_read"), opening.pk),
        "recovery_step": recovery.pk,
        "annex_send": letter.pk,
    }

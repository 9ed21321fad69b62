"""Letters of an office that the walk must not find: an open one with its people and papers, a protected one.

Keys are the first words of views; ``matter`` stands for those that are not named. Whoever adds an address
below /letters/, /visits/, /settlement/ or /sealed/ adds the row that it names.
"""

from collections.abc import Mapping

from complaints.enums import FeedState, MatterKind, MatterState
from complaints.models import Attachment, FeedEntry
from egov.files.store import put
from egov.organizations.models import Agency
from tests.architecture.planted_processing import plant_processing
from tests.architecture.planted_settlement import plant_settlement
from tests.conftest import MONDAY_MORNING
from tests.factories.documents import pdf_of
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory


def plant_letters(agency: Agency, secret: str) -> Mapping[str, int]:
    """The keys of what was planted, by the first words of the views that show it."""
    letter = LetterFactory(agency=agency, received_at=MONDAY_MORNING, sent_by=secret)
    matter = MatterFactory(letter=letter, summary=secret, subject=secret)
    ParticipantFactory(letter=letter, name=secret)
    attachment = Attachment.objects.create(
        letter=letter,
        kind=Attachment.Kind.EVIDENCE,
        name=secret,
        file=put(pdf_of(secret), media_type="application/pdf"),
        file_name=f"{secret}.pdf",
        added_at=MONDAY_MORNING,
    )
    matter.changes.create(before="", after=MatterState.ENTERED, at=MONDAY_MORNING)
    fed = FeedEntry.objects.get(record__matter=matter)
    FeedEntry.objects.filter(pk=fed.pk).update(state=FeedState.REJECTED, answer=secret)
    told = LetterFactory(agency=agency, protected=True, received_at=MONDAY_MORNING)
    MatterFactory(letter=told, kind=MatterKind.DENUNCIATION, summary=secret, subject=secret)
    return {
        "matter": matter.pk,
        "letter_detail": letter.pk,
        "letter_entered": letter.pk,
        "letter_slip": letter.pk,
        "file": attachment.pk,
        "feed_detail": fed.record_id,
        "feed_resend": fed.record_id,
        "feed_correct": fed.pk,
        **plant_processing(agency, secret),
        **plant_settlement(agency, secret),
    }

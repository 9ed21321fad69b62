"""What happens after arrival, played once, so that the demo's pages show work in every state."""

from datetime import timedelta

from django.utils import timezone

from documents.actions.direct import DirectiveContent, Part, direct
from documents.actions.present import present
from documents.actions.receive import register
from documents.enums import DeliveryState
from documents.management.demo.people import People
from documents.models import Delivery, Document, IncomingEntry

TERM = timedelta(days=10)


def play(people: People, document: Document) -> bool:
    """District and commune register their copies, the district's leader directs. False when played before."""
    district, commune = people.actor("lan"), people.actor("chi")
    copies = {
        one.agency_id: one
        for one in Delivery.objects.filter(
            document=document, agency__in=(district.agency, commune.agency), state=DeliveryState.ARRIVED
        )
    }
    played = IncomingEntry.objects.filter(agency__in=(district.agency, commune.agency)).exists()
    if played or len(copies) < len((district, commune)):
        return False
    leader, officer = people.actor("minh"), people.actor("nga")
    for clerk in (commune, district):
        register(clerk, copies[clerk.agency.pk], at=timezone.now())
    delivery = copies[district.agency.pk]
    present(district, delivery, to=leader.membership, at=timezone.now())
    content = DirectiveContent(
        text="Giao chuyên viên tham mưu văn bản triển khai đến các xã, thị trấn; báo cáo kết quả trước hạn.",
        lead=Part(who=officer.membership),
        due_on=timezone.localdate() + TERM,
    )
    direct(leader, delivery, content, at=timezone.now())
    return True

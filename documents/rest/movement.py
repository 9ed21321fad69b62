"""A document of the agency on its way: how many recipients are how far, and each of them."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from documents.enums import DeliveryState
from documents.models import Delivery
from documents.queries.movement import movement, own_issued, recipients_of
from documents.rest.deliveries import CURSOR
from documents.rest.serializers import MovementOutput
from egov.organizations.rest import calling
from egov.web.json_faults import faults
from egov.web.json_pages import Pages


class RecipientPages(Pages):
    """In the order in which the recipients were written."""

    model = Delivery


@extend_schema(
    operation_id="documents_movement_retrieve",
    tags=["documents"],
    summary=_("Đường đi của văn bản đã phát hành"),
    description=_(
        "Chỉ cho cơ quan ban hành: số nơi nhận theo trạng thái, và từng nơi nhận, mỗi trang 50 nơi."
    ),
    parameters=[CURSOR],
    responses={200: OpenApiResponse(MovementOutput), **faults(404)},
)
@api_view(["GET"])
def document_movement(request: Request, pk: int) -> Response:
    """Counts over all recipients with each page of them."""
    actor = calling(request)
    document = own_issued(actor, pk)
    counted = movement(document).whole
    pages = RecipientPages()
    page = pages.paginate_queryset(recipients_of(actor, document), request)
    output = MovementOutput(
        {
            "total": counted.total,
            "by_state": [
                {"state": state, "count": counted.by_state[state]}
                for state in DeliveryState
                if counted.by_state[state]
            ],
            "next": pages.get_next_link(),
            "previous": pages.get_previous_link(),
            "results": page,
        }
    )
    return Response(output.data)

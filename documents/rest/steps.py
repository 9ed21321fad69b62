"""The steps of an incoming document. A step sent again is answered again and happens once (rule 17)."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from documents.actions.finish import finish
from documents.actions.receive import register
from documents.actions.return_ import return_
from documents.actions.start import start
from documents.enums import DeliveryState
from documents.models import Delivery
from documents.queries.incoming import step_taken, visible_incoming
from documents.rest.serializers import FinishInput, RegisterInput, ReturnInput, StepOutput, step_answer
from egov.organizations.actor import Actor
from egov.organizations.rest import calling
from egov.web.json_faults import faults
from egov.workflow.refusal import NotPermitted, Refusal

AGAIN = gettext_lazy(
    "Gửi lại cùng một bước bằng cùng tài khoản kết nối thì nhận lại cùng một câu trả lời, không có gì làm "
    "lần thứ hai; bước đã do người khác thực hiện thì trả lời 409."
)
ANSWERS = {200: OpenApiResponse(StepOutput), **faults(400, 403, 404, 409, 415)}


class TakenByAnother(Refusal):
    """Somebody else of the agency was faster."""


@extend_schema(
    operation_id="deliveries_register",
    tags=["steps"],
    summary=gettext_lazy("Tiếp nhận"),
    description=AGAIN,
    request=RegisterInput,
    responses=ANSWERS,
)
@api_view(["POST"])
def delivery_register(request: Request, pk: int) -> Response:
    """Take it in: signatures checked, số đến given, sender told (03)."""
    sent = RegisterInput(data=request.data)
    sent.is_valid(raise_exception=True)

    def act(actor: Actor, delivery: Delivery) -> object:
        return register(actor, delivery, at=timezone.now(), **sent.validated_data)

    return _step(request, pk, DeliveryState.REGISTERED, act)


@extend_schema(
    operation_id="deliveries_return",
    tags=["steps"],
    summary=gettext_lazy("Trả lại nơi gửi"),
    description=AGAIN,
    request=ReturnInput,
    responses=ANSWERS,
)
@api_view(["POST"])
def delivery_return(request: Request, pk: int) -> Response:
    """Send it back with the reason (02)."""
    sent = ReturnInput(data=request.data)
    sent.is_valid(raise_exception=True)

    def act(actor: Actor, delivery: Delivery) -> object:
        return return_(actor, delivery, at=timezone.now(), **sent.validated_data)

    return _step(request, pk, DeliveryState.RETURNED, act)


@extend_schema(
    operation_id="deliveries_start",
    tags=["steps"],
    summary=gettext_lazy("Bắt đầu xử lý"),
    description=AGAIN,
    request=None,
    responses=ANSWERS,
)
@api_view(["POST"])
def delivery_start(request: Request, pk: int) -> Response:
    """Say that work has begun (05)."""

    def act(actor: Actor, delivery: Delivery) -> object:
        return start(actor, delivery, at=timezone.now())

    return _step(request, pk, DeliveryState.IN_PROGRESS, act)


@extend_schema(
    operation_id="deliveries_finish",
    tags=["steps"],
    summary=gettext_lazy("Kết thúc xử lý"),
    description=AGAIN,
    request=FinishInput,
    responses=ANSWERS,
)
@api_view(["POST"])
def delivery_finish(request: Request, pk: int) -> Response:
    """Close the matter with what was done (06)."""
    sent = FinishInput(data=request.data)
    sent.is_valid(raise_exception=True)

    def act(actor: Actor, delivery: Delivery) -> object:
        return finish(actor, delivery, at=timezone.now(), **sent.validated_data)

    return _step(request, pk, DeliveryState.FINISHED, act)


def _step(request: Request, pk: int, to: DeliveryState, act: Callable[[Actor, Delivery], object]) -> Response:
    """Take the step, or tell of the one that was taken: the other system may not have heard the answer."""
    actor = calling(request)
    delivery = visible_incoming(actor, pk)
    try:
        act(actor, delivery)
    except NotPermitted:
        taken = step_taken(delivery, to)
        if taken is None:
            raise
        if taken.user_id != actor.user_id:
            raise _taken_by_another(taken.person) from None
    else:
        taken = step_taken(delivery, to)
    delivery = visible_incoming(actor, pk)
    return Response(step_answer(delivery, step=to, taken_at=taken.at if taken else timezone.now()))


def _taken_by_another(person: str) -> TakenByAnother:
    return TakenByAnother(
        _("Bước này đã do %(person)s thực hiện. Hãy đọc lại văn bản để biết trạng thái mới nhất.")
        % {"person": person}
    )

"""The provider of citizens' electronic identities, spoken to by OpenID Connect (authorization code, PKCE).

Authlib keeps state, nonce and verifier in the browser's session and checks them with the provider's answer;
here stands what was agreed with the one provider: its name, the algorithms it may sign with, its claims.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth, OAuthError
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    JoseError,
    MissingClaimError,
    UnsupportedAlgorithmError,
)
from requests import RequestException

from egov.workflow.refusal import Refusal

log = structlog.get_logger(__name__)

SIGNING = "id_token_signing_alg_values_supported"
# What a provider that is ill, or somebody who plays it, makes the libraries raise.
FAULTS = (
    RequestException,
    OAuthError,
    MismatchingStateError,
    JoseError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RuntimeError,
)


class NoProvider(Refusal):
    """No provider is connected, or it does not answer: public pages work all the same."""

    status = 503


class SignInStopped(Refusal):
    """The person, or the provider for them, said no."""

    status = 403


class AnswerNotTrusted(Refusal):
    """What came back cannot be the provider's answer to what this browser asked. Nobody is signed in."""

    status = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider vouches for, still in its own words, and where the person wanted to go."""

    claims: dict[str, Any]
    id_token: str
    wanted: str


class Provider(DjangoOAuth2App):  # type: ignore[misc]  # Authlib has no types
    """Authlib's client, which believes what the provider publishes of itself only as far as was agreed."""

    def load_server_metadata(self) -> dict[str, Any]:
        if time.time() - self.server_metadata.get("_loaded_at", 0) > settings.EID_METADATA_SECONDS:
            self.server_metadata.clear()
        metadata: dict[str, Any] = super().load_server_metadata()
        if metadata.get("issuer") != settings.EID_ISSUER:
            self.server_metadata.clear()
            raise AnswerNotTrusted(_("Hệ thống định danh xưng tên khác với tên đã đăng ký."))
        # Never what it offers: a list of its own could allow "none".
        metadata[SIGNING] = list(settings.EID_ALGORITHMS)
        return metadata


def begin(request: HttpRequest, *, callback: str, wanted: str) -> str:
    """Address of the provider's page; what its answer must fit is noted in the browser's session.

    Raises NoProvider.
    """
    provider = _provider()
    with _in_words():
        asked = provider.create_authorization_url(callback, ui_locales=translation.get_language())
    provider.save_authorize_data(request, redirect_uri=callback, wanted=wanted, **asked)
    return str(asked["url"])


def finish(request: HttpRequest) -> Answer:
    """What the provider answered, once: state, code, signature, issuer, audience, nonce and time are checked.

    Raises NoProvider, SignInStopped, AnswerNotTrusted.
    """
    provider = _provider()
    if request.GET.get("error"):
        # Nobody gets anything by it, so it is told whether or not it carries the state.
        raise _refusal(OAuthError(error=request.GET["error"]))
    state = request.GET.get("state", "")
    noted = provider.framework.get_state_data(request.session, state)
    if noted is None:
        log.warning("eid_refused", reason="state")
        raise AnswerNotTrusted(
            _("Lượt đăng nhập này không bắt đầu từ trình duyệt đang dùng, đã quá hạn hoặc đã dùng rồi.")
        )
    with _in_words():
        token = provider.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "value": settings.EID_ISSUER},
                "aud": {"essential": True, "value": settings.EID_CLIENT_ID},
                "nonce": {"essential": True},
            },
            leeway=settings.EID_LEEWAY,
        )
        if "userinfo" not in token:
            raise MissingClaimError("id_token")
    return Answer(dict(token["userinfo"]), token["id_token"], noted["wanted"])


def sign_out_address(*, id_token: str, back: str) -> str:
    """Where the person signs out at the provider too; empty where it does not offer that."""
    if not (id_token and settings.EID_ISSUER):
        return ""
    try:
        with _in_words():
            provider = _provider()
            if not provider.load_server_metadata().get("end_session_endpoint"):
                return ""
            address = provider.create_logout_url(back, id_token, client_id=settings.EID_CLIENT_ID)
    except (NoProvider, AnswerNotTrusted) as refusal:
        # Signing out here has happened and must not fail because of somebody else.
        log.warning("eid_sign_out_not_offered", reason=refusal.sentence)
        return ""
    return str(address["url"])


def _provider() -> Provider:
    if not settings.EID_ISSUER:
        raise NoProvider(_("Cổng chưa kết nối với hệ thống định danh điện tử, nên chưa thể đăng nhập."))
    return _client(settings.EID_ISSUER, settings.EID_CLIENT_ID, settings.EID_CLIENT_SECRET)


@cache
def _client(issuer: str, client_id: str, client_secret: str) -> Provider:
    client: Provider = OAuth().register(
        "eid",
        client_cls=Provider,
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": " ".join(settings.EID_SCOPES),
            "code_challenge_method": "S256",
            "default_timeout": settings.EID_TIMEOUT,
        },
    )
    return client


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn whatever goes wrong between the provider and us into a sentence; the cause goes to the log."""
    try:
        yield
    except FAULTS as error:
        log.warning("eid_refused", reason=type(error).__name__, error=str(error)[:200])
        raise _refusal(error) from error


def _refusal(error: Exception) -> Refusal:  # noqa: PLR0911  (one sentence for each way of being wrong)
    match error:
        case RequestException() | TimeoutError():
            return NoProvider(_("Hệ thống định danh điện tử chưa trả lời. Hãy thử lại sau ít phút."))
        case OAuthError(error="access_denied"):
            return SignInStopped(_("Quý vị đã dừng đăng nhập ở hệ thống định danh điện tử."))
        case MismatchingStateError():
            return AnswerNotTrusted(_("Lượt đăng nhập này không bắt đầu từ trình duyệt đang dùng."))
        case OAuthError():
            return AnswerNotTrusted(_("Hệ thống định danh không nhận mã đăng nhập này, hoặc mã đã dùng rồi."))
        case ExpiredTokenError():
            return AnswerNotTrusted(_("Chứng nhận của hệ thống định danh đã hết hạn."))
        case UnsupportedAlgorithmError() | BadSignatureError():
            return AnswerNotTrusted(_("Chữ ký trên chứng nhận của hệ thống định danh không hợp lệ."))
        case InvalidClaimError(claim="iss"):
            return AnswerNotTrusted(_("Chứng nhận không do hệ thống định danh đã đăng ký cấp."))
        case InvalidClaimError(claim="nonce") | MissingClaimError(claim="nonce"):
            return AnswerNotTrusted(_("Chứng nhận được cấp cho một lượt đăng nhập khác."))
        case InvalidClaimError(claim="aud") | InvalidClaimError(claim="azp"):
            return AnswerNotTrusted(_("Chứng nhận được cấp cho một hệ thống khác."))
    return AnswerNotTrusted(_("Không đọc được câu trả lời của hệ thống định danh điện tử."))

"""What is said of a certificate at a moment: path, period and revocation, each by itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)

from egov.signing.verification import Check, Question, Status


class Purpose(StrEnum):
    """What the certificate was used for."""

    SIGNING = "signing"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Answers on path, period and revocation, and the lists that they rest on."""

    path: Check
    period: Check
    revocation: Check
    evidence: tuple[str, ...] = ()

    @property
    def checks(self) -> tuple[Check, Check, Check]:
        return (self.path, self.period, self.revocation)


def good(
    root_name: str, at: datetime, evidence: tuple[str, ...], revoked_later: datetime | None = None
) -> Judgement:
    """The certificate could be believed; that it was revoked afterwards is told and changes nothing."""
    return Judgement(
        Check(Question.PATH, Status.VALID, "trusted", detail=root_name),
        Check(Question.PERIOD, Status.VALID, "in_force", at),
        Check(
            Question.REVOCATION,
            Status.VALID,
            "revoked_later" if revoked_later else "not_revoked",
            revoked_later,
        ),
        evidence,
    )


def bad(certificate: asn1_x509.Certificate, at: datetime, error: Exception) -> Judgement:
    """Put the fault into the answer that it belongs to; what was not reached is not answered."""
    trusted = Check(Question.PATH, Status.VALID, "trusted", detail=_name_of_issuer(certificate))
    period = _period(certificate, at)
    unanswered = Check(Question.REVOCATION, Status.NOT_DETERMINED, "not_looked_at")
    own = isinstance(error, PathValidationError) and error.is_ee_cert and not error.is_side_validation
    match error:
        case RevokedError() if own:
            revoked = Check(Question.REVOCATION, Status.INVALID, "revoked", error.revocation_dt)
            return Judgement(trusted, period, revoked)
        case ExpiredError() | NotYetValidError() if own:
            return Judgement(trusted, period, unanswered)
        case InvalidCertificateError():
            reason = "wrong_purpose"
        case DisallowedAlgorithmError():
            reason = "weak_path"
        case RevokedError():
            reason = "authority_revoked"
        case PathBuildingError():
            reason = "unknown_root"
        case _:
            reason = "broken_path"
    return Judgement(Check(Question.PATH, Status.INVALID, reason), period, unanswered)


def _period(certificate: asn1_x509.Certificate, at: datetime) -> Check:
    if at > certificate.not_valid_after:
        return Check(Question.PERIOD, Status.INVALID, "expired", certificate.not_valid_after)
    if at < certificate.not_valid_before:
        return Check(Question.PERIOD, Status.INVALID, "not_yet", certificate.not_valid_before)
    return Check(Question.PERIOD, Status.VALID, "in_force", at)


def _name_of_issuer(certificate: asn1_x509.Certificate) -> str:
    return str(certificate.issuer.native.get("common_name", certificate.issuer.human_friendly))

"""The time stamp on a signature (RFC 3161): the moment at which the signature certainly existed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, tsp
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from egov.signing.judgement import Judgement, Purpose
from egov.signing.trust import TrustStore
from egov.signing.verification import Check, Question, Status

CLOCK_DRIFT = timedelta(minutes=5)  # a time stamp may come from a clock a little ahead of ours


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What the time stamp on a signature is worth."""

    check: Check
    moment: datetime | None = None
    evidence: tuple[str, ...] = ()


def read_timestamp(signature: EmbeddedPdfSignature, *, at: datetime, store: TrustStore) -> Timestamp:
    """The trusted time of signing, from the time stamp over the signature's own value."""
    tokens = list(extract_tst_data_iter(signature.signer_info, signed=False))
    if not tokens:
        return Timestamp(Check(Question.TIMESTAMP, Status.VALID, "not_stamped", at))
    token: cms.SignedData = tokens[0]
    info: tsp.TSTInfo = token["encap_content_info"]["content"].parsed
    moment: datetime = info["gen_time"].native
    certificates = extract_certs_for_validation(token)
    signer_info = extract_signer_info(token)
    hash_name = signer_info["digest_algorithm"]["algorithm"].native
    content = bytes(token["encap_content_info"]["content"])
    intact, genuine = validate_sig_integrity(
        signer_info,
        certificates.signer_cert,
        expected_content_type="tst_info",
        actual_digest=hashlib.new(hash_name, content).digest(),
    )
    imprint = info["message_imprint"]
    stamped = hashlib.new(
        imprint["hash_algorithm"]["algorithm"].native, signature.signer_info["signature"].native
    ).digest()
    if not (
        intact and genuine and stamped == imprint["hashed_message"].native and moment <= at + CLOCK_DRIFT
    ):
        return Timestamp(Check(Question.TIMESTAMP, Status.INVALID, "bad_stamp"))
    judgement = store.judge(
        certificates.signer_cert, list(certificates.other_certs), at=moment, purpose=Purpose.TIMESTAMP
    )
    return _stamp_by(judgement, moment)


def _stamp_by(judgement: Judgement, moment: datetime) -> Timestamp:
    """A stamp is worth what its authority's certificate is worth."""
    statuses = {check.status for check in judgement.checks}
    if Status.INVALID in statuses:
        return Timestamp(Check(Question.TIMESTAMP, Status.INVALID, "bad_stamp"))
    if Status.NOT_DETERMINED in statuses:
        return Timestamp(Check(Question.TIMESTAMP, Status.NOT_DETERMINED, "unsure_stamp"))
    return Timestamp(Check(Question.TIMESTAMP, Status.VALID, "stamped", moment), moment, judgement.evidence)

"""Check a signed PDF: every signature, each question on its own line, also years later.

The file comes from anyone, so nothing in it is believed: what cannot be read is an invalid signature, never
an error. Checking needs no network (see :mod:`egov.signing.trust`).
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from asn1crypto import parser as asn1_parser
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from egov.signing.judgement import Purpose
from egov.signing.models import RevocationList, ValidationReport
from egov.signing.timestamp import read_timestamp
from egov.signing.trust import TrustStore, current_store
from egov.signing.update import UNREADABLE_PDF
from egov.signing.verification import Check, Question, SignatureResult, Status, Verification
from egov.signing.x509_facts import Holder, facts

# pyHanko's rules for what may follow a signature, but a text field's appearance may not be overwritten in its
# place: that is the riskier way to fill a field, and the rule that allows it takes an appearance that has not
# been touched for two revisions for a changed one (pyHanko 0.38), so that evidence added after the seal would
# count as a forgery of the number.
WHAT_MAY_FOLLOW = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        [
            SigFieldCreationRule(),
            SigFieldModificationRule(),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)
WEAK_HASHES = frozenset({"md2", "md5", "sha1"})
DOC_TIMESTAMP = "/DocTimeStamp"
UNREADABLE = (*UNREADABLE_PDF, CMSExtractionError, CMSStructuralError, SignatureValidationError)


def verify(
    pdf: bytes, *, at: datetime, attachment: bool = False, trust: TrustStore | None = None
) -> Verification:
    """Check every signature of a file.

    :param at: when the file was received; stands for the time of signing where no trusted time stamp does
    :param attachment: a separate attachment carries the agency's signature only (Decree 30, Appendix I)
    :param trust: whose word is believed; the system's own roots and lists when not given
    """
    store = trust or current_store()
    sha256 = hashlib.sha256(pdf).hexdigest()
    try:
        embedded = list(_embedded(pdf))
    except UNREADABLE:
        unreadable = Check(Question.INTACT, Status.INVALID, "unreadable")
        return Verification(sha256, at, (), (unreadable,))
    results = []
    evidence: dict[str, None] = {}
    for signature in embedded:
        result, used = _judged(signature, at=at, store=store)
        results.append(result)
        evidence.update(dict.fromkeys(used))
    return Verification(
        sha256, at, tuple(results), (_roles(results, attachment=attachment),), tuple(evidence)
    )


def keep_report(verification: Verification) -> ValidationReport:
    """Keep what was found together with the revocation lists that it rests on."""
    report = ValidationReport.objects.create(
        sha256=verification.sha256,
        checked_at=verification.checked_at,
        status=verification.status,
        result=verification.as_json(),
    )
    report.evidence.set(RevocationList.objects.filter(sha256__in=verification.evidence))
    return report


def _embedded(pdf: bytes) -> Iterator[EmbeddedPdfSignature | str]:
    """Signatures in the order in which they were made; the field's name for one that cannot be read."""
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        raise ValueError("encrypted")
    found: list[tuple[int, EmbeddedPdfSignature | str]] = []
    for name, value, reference in enumerate_sig_fields(reader, filled_status=True):
        try:
            signature = EmbeddedPdfSignature(reader, reference, name)
            if signature.sig_object_type != DOC_TIMESTAMP:
                found.append((signature.signed_revision, signature))
        except UNREADABLE:
            found.append((reader.xrefs.total_revisions if value is None else 0, name))
    found.sort(key=lambda pair: pair[0])
    return (signature for _revision, signature in found)


def _judged(
    signature: EmbeddedPdfSignature | str, *, at: datetime, store: TrustStore
) -> tuple[SignatureResult, tuple[str, ...]]:
    if isinstance(signature, str):
        return _unreadable(signature, at), ()
    try:
        intact = _intact(signature)
        additions = _additions(signature)
        certificate = signature.signer_cert
        stamp = read_timestamp(signature, at=at, store=store)
        signed_at = stamp.moment or at
        judgement = store.judge(
            certificate, signature.other_embedded_certs, at=signed_at, purpose=Purpose.SIGNING
        )
        read = facts(certificate.dump())
        strength = _strength(signature, certificate)
        claimed_at = signature.self_reported_timestamp
    except UNREADABLE:
        return _unreadable(signature.field_name, at), ()
    result = SignatureResult(
        field=signature.field_name,
        holder=read.holder,
        signer=read.organization if read.holder == Holder.AGENCY and read.organization else read.name,
        organization=read.organization,
        agency_code=read.agency_code,
        fingerprint=read.fingerprint,
        signed_at=signed_at,
        has_timestamp=stamp.moment is not None,
        claimed_at=claimed_at,
        checks=(intact, additions, strength, *judgement.checks, stamp.check),
    )
    return result, (*judgement.evidence, *stamp.evidence)


def _intact(signature: EmbeddedPdfSignature) -> Check:
    """The signed bytes are those that the key signed."""
    signature.compute_integrity_info(diff_policy=WHAT_MAY_FOLLOW)
    intact, genuine = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    content = signature.pkcs7_content
    # The gap in which the signature stands is the only part of the file it cannot cover: nothing hides there.
    only_padding = not content[asn1_parser.peek(content) :].strip(b"\0")
    if intact and genuine and only_padding:
        return Check(Question.INTACT, Status.VALID, "intact")
    return Check(Question.INTACT, Status.INVALID, "altered")


def _additions(signature: EmbeddedPdfSignature) -> Check:
    """What came after the signature is of the kinds that it allows (certification and field locks)."""
    coverage: SignatureCoverageLevel | None = signature.coverage
    if coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Check(Question.ADDITIONS, Status.VALID, "nothing_added")
    difference: object = signature.diff_result
    allowed = signature.docmdp_level
    if (
        coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and isinstance(difference, DiffResult)
        and difference.modification_level <= ModificationLevel.FORM_FILLING
        and (allowed is None or difference.modification_level.value <= allowed.value)
    ):
        return Check(Question.ADDITIONS, Status.VALID, "allowed_added")
    return Check(Question.ADDITIONS, Status.INVALID, "forbidden_added")


def _strength(signature: EmbeddedPdfSignature, certificate: asn1_x509.Certificate) -> Check:
    """Hash and key are of a kind that still proves something (Circular 15/2025)."""
    strength = facts(certificate.dump()).strength
    key = f"{strength.algorithm} {strength.bits}"
    hash_name = signature.md_algorithm
    if hash_name in WEAK_HASHES:
        return Check(Question.ALGORITHM, Status.INVALID, "weak_hash", detail=hash_name.upper())
    if not strength.is_enough:
        return Check(Question.ALGORITHM, Status.INVALID, "weak_key", detail=key)
    return Check(Question.ALGORITHM, Status.VALID, "strong", detail=f"{key}, {hash_name.upper()}")


def _roles(results: list[SignatureResult], *, attachment: bool) -> Check:
    """First a person, last an agency (Decree 30/2020, Art. 5 and 17)."""
    if not results:
        return Check(Question.ROLES, Status.INVALID, "unsigned")
    holders = [result.holder for result in results]
    if Holder.UNKNOWN in (holders[0], holders[-1]):
        return Check(Question.ROLES, Status.NOT_DETERMINED, "unsure_roles")
    if holders[0] == Holder.PERSON and holders[-1] == Holder.AGENCY:
        return Check(Question.ROLES, Status.VALID, "person_then_agency")
    if attachment and Holder.PERSON not in holders:
        return Check(Question.ROLES, Status.VALID, "agency_on_attachment")
    reason = "wrong_order"
    if Holder.AGENCY not in holders:
        reason = "person_only"
    elif Holder.PERSON not in holders:
        reason = "agency_only"
    return Check(Question.ROLES, Status.INVALID, reason)


def _unreadable(field: str, at: datetime) -> SignatureResult:
    return SignatureResult(
        field=field,
        holder=Holder.UNKNOWN,
        signer="?",
        organization="",
        agency_code="",
        fingerprint="",
        signed_at=at,
        has_timestamp=False,
        claimed_at=None,
        checks=(Check(Question.INTACT, Status.INVALID, "unreadable"),),
    )

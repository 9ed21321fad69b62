"""Sign slips that are given electronically with the agency's certificate, which its registry opens."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from egov.files.store import put, read_checked
from egov.organizations.actor import Actor
from egov.signing.models import Certificate
from egov.signing.providers.interface import OpenKey
from egov.signing.providers.software import provider
from egov.signing.sign import sign_attachment
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.models import IssuedForm
from onestop.queries.sealing import usable_seal
from onestop.queries.slip_paper import slip_pdf

PDF = "application/pdf"


class NoSeal(Refusal):
    """The agency has no certificate to sign with."""

    status = 403


@dataclass(frozen=True, slots=True)
class Sealed:
    """What happened to one slip of several; ``refusal`` is empty when it was signed."""

    label: str
    refusal: str = ""


@action("onestop.seal_slip", allowed=rules.may_seal_slip)
def seal_slip(actor: Actor, issued: IssuedForm, *, key: OpenKey, at: datetime) -> IssuedForm:
    """Sign one slip with a key already open; the paper before stays as it was printed (rule 13).

    The signature stands top right with number and time, as on every file that the agency signs by itself
    (Decree 30/2020/NĐ-CP, Appendix I), and can be checked wherever signatures are checked. Raises NoSeal for
    a key of somebody else, TimestampUnavailable.
    """
    if not Certificate.objects.filter(der=key.certificate_der, agency_id=issued.agency_id).exists():
        raise NoSeal(_("Chứng thư số không thuộc cơ quan cấp phiếu."))
    if issued.file is None:
        issued.file = put(slip_pdf(issued), media_type=PDF)
        issued.save(update_fields=["file"])
    signed = sign_attachment(read_checked(issued.file), key, notation=issued.content["number"], at=at)
    issued.sealed_file = put(signed, media_type=PDF)
    issued.sealed_at, issued.sealed_by = at, actor.membership
    issued.save(update_fields=["sealed_file", "sealed_at", "sealed_by"])
    return issued


def seal_slips(actor: Actor, slips: Iterable[IssuedForm], *, pin: str, at: datetime) -> list[Sealed]:
    """Sign several with the key opened once; a refused one does not stop the others.

    Raises NoSeal, WrongPin and what else opening the key raises.
    """
    with _seal_of(actor, pin=pin, at=at) as key:
        return [_one(actor, issued, key, at) for issued in slips]


def _one(actor: Actor, issued: IssuedForm, key: OpenKey, at: datetime) -> Sealed:
    label = f"{issued.form.title} {issued.content['number']}"
    try:
        seal_slip(actor, issued, key=key, at=at)
    except Refusal as refusal:
        return Sealed(label, str(refusal))
    return Sealed(label)


@contextmanager
def _seal_of(actor: Actor, *, pin: str, at: datetime) -> Iterator[OpenKey]:
    certificate = usable_seal(actor.agency, at)
    if certificate is None:
        raise NoSeal(_("Cơ quan chưa có chứng thư số còn hiệu lực; phiếu gửi đi chưa có chữ ký số."))
    with provider.open(certificate, pin, at=at) as key:
        yield key

"""Whose certificate it is, as different authorities write it."""

import pytest
from cryptography.x509.oid import NameOID

from egov.signing.x509_facts import Holder, facts
from tests.egov.signing.pki import Pki, ec_key

NAME = (NameOID.COMMON_NAME, "Tên")


@pytest.mark.parametrize(
    ("subject", "holder"),
    [
        ([NAME, (NameOID.SERIAL_NUMBER, "CCCD:034000000001")], Holder.PERSON),
        ([NAME, (NameOID.USER_ID, "CMND:151234567")], Holder.PERSON),
        ([NAME, (NameOID.GIVEN_NAME, "Bình")], Holder.PERSON),
        ([NAME, (NameOID.ORGANIZATION_IDENTIFIER, "H54.1")], Holder.AGENCY),
        ([NAME, (NameOID.USER_ID, "MST:1000123456")], Holder.AGENCY),
        # A person's certificate may name the agency as well; it is still a person's.
        ([NAME, (NameOID.ORGANIZATION_IDENTIFIER, "H54.1"), (NameOID.USER_ID, "CCCD:1")], Holder.PERSON),
        ([NAME], Holder.UNKNOWN),
    ],
)
def test_person_or_agency(pki: Pki, subject: list[tuple[object, str]], holder: Holder) -> None:
    assert facts(pki.issue(subject).certificate_der).holder == holder


def test_agency_is_named_in_full_with_its_code(pki: Pki) -> None:
    name = "Ủy ban nhân dân xã có một cái tên rất dài không vừa trong tên thường gọi của chứng thư số"
    read = facts(pki.agency(name=name, code="H54.8.2").certificate_der)
    assert (read.organization, read.agency_code) == (name, "H54.8.2")


def test_strength_of_both_kinds_of_key(pki: Pki) -> None:
    assert (facts(pki.person().certificate_der).strength.algorithm) == "RSA"
    strength = facts(pki.person(key=ec_key()).certificate_der).strength
    assert (strength.algorithm, strength.bits) == ("EC", 256)

"""The competent person signs with their own key; authority comes from the office on the day."""

from datetime import date, timedelta

import pytest

from documents.actions.ceremony import NoCertificate, personal_key
from documents.actions.paper import keep_paper, read_paper
from documents.actions.sign import sign, sign_batch, sign_with_key
from documents.enums import DocumentState
from documents.models import Document
from egov.notifications.models import Notification
from egov.organizations.enums import Capacity, Role
from egov.signing.authority.demo import revoke
from egov.signing.models import Certificate
from egov.signing.refusals import CertificateNotUsable, SignedBytesChanged, WeakKey, WrongPin
from egov.signing.sign import is_incremental_update
from egov.signing.verification import Status
from egov.signing.verify import verify
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.accounts import UserFactory
from tests.factories.cast import Cast
from tests.factories.documents import PIN, Office, give_key, pdf_of
from tests.factories.organizations import DelegationFactory, MembershipFactory, actor_for
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db


def test_the_paper_carries_the_signers_signature(office: Office):
    document = office.submitted(at=NOW)
    before = read_paper(document)
    signed = sign(office.signer, document, pin=PIN, at=NOW)
    found = verify(read_paper(signed), at=NOW).personal
    assert (found.status, found.signer) == (Status.VALID, "Trần Văn Bình")
    assert is_incremental_update(before, read_paper(signed))
    assert (signed.state, signed.signed_at) == (DocumentState.SIGNED, NOW)
    assert (signed.signer_name, signed.signer_position) == ("Trần Văn Bình", "Chủ tịch")
    told = Notification.objects.get(event="documents.signed")
    assert (told.agency, told.role) == (office.registry.agency, Role.REGISTRY)
    assert signed.changes.get(after=DocumentState.SIGNED).file_sha256 == signed.file.sha256


@pytest.mark.parametrize("who", ["an", "chi", "dung", "em"])
def test_only_the_chosen_signer(office: Office, cast: Cast, who: str):
    document = office.submitted(at=NOW)
    with personal_key(office.signer, pin=PIN, at=NOW) as key, pytest.raises(NotPermitted):
        sign_with_key(getattr(cast, who), document, key=key, at=NOW)


def test_not_without_a_second_factor(office: Office):
    document = office.submitted(at=NOW)
    with pytest.raises(NotPermitted, match="hai lớp"):
        sign(actor_for(office.signer.membership, second_factor=False), document, pin=PIN, at=NOW)


@pytest.mark.rule("documents", 36)
class TestAuthorityOnTheDay:
    def test_a_position_that_ended_since_the_submission_signs_nothing(self, office: Office):
        document = office.submitted(at=NOW)
        position = office.signer.membership
        position.valid_to = (NOW + timedelta(days=1)).date()
        position.save()
        with pytest.raises(NotPermitted, match="không giữ chức vụ"):
            sign(office.signer, document, pin=PIN, at=NOW + timedelta(days=1))
        assert sign(office.signer, document, pin=PIN, at=NOW).state == DocumentState.SIGNED

    @pytest.mark.rule("documents", 10)
    def test_an_authorisation_that_ran_out_signs_nothing(self, office: Office):
        holder = MembershipFactory(office_head=True, agency=office.signer.agency)
        DelegationFactory(
            tuq=True, grantor=office.signer.membership, holder=holder, valid_to=date(2025, 9, 16)
        )
        give_key(at=NOW, user=holder.user)
        delegated = Office(office.registry, actor_for(holder), office.recipients, Capacity.TUQ)
        document = delegated.submitted(at=NOW)
        with pytest.raises(NotPermitted, match="ủy quyền"):
            sign(delegated.signer, document, pin=PIN, at=NOW + timedelta(days=1))
        assert sign(delegated.signer, document, pin=PIN, at=NOW).state == DocumentState.SIGNED


class TestKey:
    def test_a_wrong_pin_signs_nothing(self, office: Office):
        document = office.submitted(at=NOW)
        with pytest.raises(WrongPin):
            sign(office.signer, document, pin="000000", at=NOW)
        document.refresh_from_db()
        assert document.state == DocumentState.SUBMITTED

    def test_somebody_elses_key_signs_nothing(self, office: Office):
        other = UserFactory(full_name="Đỗ Thị Giang")
        give_key(at=NOW, user=other)
        document = office.submitted(at=NOW)
        someone = actor_for(MembershipFactory(user=other, agency=office.signer.agency))
        with personal_key(someone, pin=PIN, at=NOW) as key, pytest.raises(CertificateNotUsable):
            sign_with_key(office.signer, document, key=key, at=NOW)

    def test_without_a_certificate_the_sentence_says_so(self, office: Office):
        document = office.submitted(at=NOW)
        Certificate.objects.filter(user=office.signer.user).update(is_active=False)
        with pytest.raises(NoCertificate, match="chứng thư số"):
            sign(office.signer, document, pin=PIN, at=NOW)

    def test_a_revoked_certificate_signs_nothing(self, office: Office):
        document = office.submitted(at=NOW)
        revoke(Certificate.objects.get(user=office.signer.user), at=NOW - timedelta(hours=1))
        with pytest.raises(CertificateNotUsable, match="thu hồi"):
            sign(office.signer, document, pin=PIN, at=NOW)

    @pytest.mark.rule("documents", 33)
    def test_a_weak_key_signs_nothing(self, office: Office):
        document = office.submitted(at=NOW)
        Certificate.objects.filter(user=office.signer.user).update(key_algorithm="RSA", key_bits=1024)
        with pytest.raises(WeakKey):
            sign(office.signer, document, pin=PIN, at=NOW)


@pytest.mark.rule("documents", 11)
class TestIncrementalOnly:
    def test_a_paper_set_anew_does_not_replace_a_signed_one(self, office: Office):
        signed = office.signed(at=NOW)
        with pytest.raises(SignedBytesChanged):
            keep_paper(signed, pdf_of("Văn bản khác").getvalue())

    def test_one_changed_byte_is_enough(self, office: Office):
        signed = office.signed(at=NOW)
        changed = bytearray(read_paper(signed))
        changed[100] ^= 1
        with pytest.raises(SignedBytesChanged):
            keep_paper(signed, bytes(changed) + b"\n")

    def test_before_the_first_signature_the_paper_may_change(self, office: Office):
        submitted = office.submitted(at=NOW)
        other = pdf_of("Văn bản khác").getvalue()
        keep_paper(submitted, other)
        assert read_paper(submitted) == other


class TestBatch:
    def test_a_refused_one_does_not_stop_the_others(self, office: Office, cast: Cast):
        first, second, third = (office.submitted(at=NOW) for _ in range(3))
        Document.objects.filter(pk=second.pk).update(capacity=Capacity.KT)
        results = sign_batch(office.signer, [first.pk, second.pk, 0, third.pk], pin=PIN, at=NOW)
        assert [result.done for result in results] == [True, False, False, True]
        assert "ký thay" in results[1].refusal
        assert "Không tìm thấy" in results[2].refusal
        states = Document.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["signed", "submitted", "signed"]

    def test_a_wrong_pin_signs_none(self, office: Office):
        documents = [office.submitted(at=NOW) for _ in range(2)]
        with pytest.raises(WrongPin):
            sign_batch(office.signer, [one.pk for one in documents], pin="000000", at=NOW)
        assert not Document.objects.filter(state=DocumentState.SIGNED).exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_signs_once(office: Office):
    document = office.submitted(at=NOW)
    outcomes = at_once(lambda _: sign(office.signer, document, pin=PIN, at=NOW), range(3), threads=3)
    assert len([outcome for outcome in outcomes if isinstance(outcome, NotPermitted)]) == 2
    document.refresh_from_db()
    assert len(verify(read_paper(document), at=NOW).signatures) == 1

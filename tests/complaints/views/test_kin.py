"""Kin on file, and letters of ended agencies: pages that decide who may know, and that tell nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.actions.hand_over_letters import HandOverDecision, hand_over_letters
from complaints.enums import DutyKind
from complaints.models import Kin, Matter, MatterTakeover
from egov.organizations.actions.merge_agencies import merge_agencies
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
KIN = "complaints:kin_list"


@pytest.mark.rule("complaints", 17)
def test_the_head_notes_and_ends_kin_and_the_letter_goes_and_comes_back():
    agency = AgencyFactory()
    head = signed_in(actor_for(MembershipFactory(agency=agency, leader=True)))
    keeper, denounced = appointed(agency, DutyKind.PROTECTED), MembershipFactory(agency=agency)
    letter = LetterFactory(agency=agency, protected=True)
    MatterFactory(letter=letter, kind="denunciation", subject_membership=denounced)
    seen = Matter.objects.visible_to
    typed = {
        "member": denounced.pk,
        "relative": keeper.user.username,
        "relation": "spouse",
        "basis": "Bản khai 2026",
    }
    wrong = (
        ({"relative": "khong.co.ai"}, "Không có tài khoản nào tên như vậy"),
        ({"relative": denounced.user.username}, "hai người khác nhau"),
        ({"basis": " "}, ""),
    )
    for changes, sentence in wrong:
        refused = head.post(reverse(KIN), {**typed, **changes})
        assert (refused.status_code, sentence in refused.content.decode()) == (422, True), changes
    assert seen(keeper).exists()
    assert head.post(reverse(KIN), typed).status_code == 302
    assert not seen(keeper).exists()
    assert "đã được ghi" in head.post(reverse(KIN), typed).content.decode()
    tie = Kin.objects.get()
    outsiders = (
        keeper,
        actor_for(MembershipFactory(agency=agency, agency_admin=True)),
        actor_for(MembershipFactory(leader=True)),
    )
    for one in outsiders:
        client = signed_in(one)
        assert tie.basis not in client.get(reverse(KIN)).content.decode()
        assert client.post(reverse(KIN), typed).status_code in {403, 422}
        assert client.post(reverse("complaints:kin_end", args=[tie.pk])).status_code in {403, 404}
    assert not seen(keeper).exists()
    assert head.post(reverse("complaints:kin_end", args=[tie.pk])).status_code == 302
    assert seen(keeper).exists()


@pytest.mark.rule("complaints", 35)
def test_an_administrator_whom_it_is_about_neither_sees_nor_moves_the_letter_of_an_ended_body():
    old, new, today = AgencyFactory(), AgencyFactory(), timezone.localdate()
    admin, other = (actor_for(MembershipFactory(system_admin=True)) for _one in range(2))
    letter = LetterFactory(agency=old, protected=True)
    MatterFactory(letter=letter, kind="denunciation", subject_membership=admin.membership)
    open_one = MatterFactory(letter=LetterFactory(agency=old)).letter
    merge_agencies(other, new, predecessors=[old], on=today, basis="Nghị quyết 1666")
    page = reverse("complaints:hand_over_move", args=[old.pk])
    mine, theirs = (signed_in(one).get(page).content.decode() for one in (admin, other))
    assert (letter.code in mine, open_one.code in mine) == (False, True)
    assert (letter.code in theirs, open_one.code in theirs) == (True, True)
    old.refresh_from_db()
    decision = HandOverDecision(number="45/QĐ-UBND", decided_on=today)
    hand_over_letters(admin, old, successor=new, decision=decision, at=timezone.now())
    assert [one.matter.letter for one in MatterTakeover.objects.all()] == [open_one]
    hand_over_letters(other, old, successor=new, decision=decision, at=timezone.now())
    listed = reverse("complaints:hand_over_list")
    assert letter.code not in signed_in(admin).get(listed).content.decode()
    assert letter.code in signed_in(other).get(listed).content.decode()
    for outsider in (appointed(new, DutyKind.INTAKE), actor_for(MembershipFactory(agency=new, leader=True))):
        for address in (listed, page):
            assert signed_in(outsider).get(address).status_code == 403
        assert signed_in(outsider).post(page, {"successor": new.pk}).status_code == 403

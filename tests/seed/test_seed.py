"""manage.py seed and demo_signins: everything is there, once, and the secrets are the owner's alone."""

import json
import stat
from collections import Counter
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from documents.management.demo import signins
from documents.management.demo.cast import CAST, PROVINCE, SEALED, agency_called
from egov.accounts.models import User
from egov.files.store import read_checked
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Delegation, Membership
from egov.signing.models import Certificate
from egov.signing.providers.software import provider
from egov.workdays.models import Holiday
from onestop.models import Dossier, ProcedureVersion, Requirement
from tests.support.pdf_text import text_of


def output(command: str, *arguments: str) -> str:
    call_command(command, *arguments, stdout=(out := StringIO()))
    return out.getvalue()


class TestSeed(TestCase):
    """The whole demo, seeded once for the class and taken back afterwards."""

    folder: Path

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.enterClassContext(override_settings(VAR_DIR=cls.folder, SIGNING_PKI_DIR=cls.folder / "pki"))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        output("seed")

    def test_the_network_has_its_size(self):
        assert Agency.objects.count() == 770
        assert User.objects.count() == 8175
        assert Holiday.objects.filter(kind=Holiday.Kind.CLOSED).count() > 100

    def test_a_year_of_dossiers_is_played_once(self):
        assert "12 played" in output("seed_year", "--count", "12")
        assert "already there" in output("seed_year", "--count", "12")
        states = Counter(Dossier.objects.values_list("state", flat=True))
        assert states.total() == 12
        assert states["returned"] > 4
        for dossier in Dossier.objects.filter(state="returned"):
            assert dossier.received_at <= dossier.finished_at <= dossier.returned_at <= timezone.now()
            assert not dossier.legs.exclude(state="done").exists()

    def test_every_commune_and_the_provinces_centre_have_counters(self):
        counters = Membership.objects.filter(role=Role.COUNTER)
        per_agency = Counter(counters.values_list("agency__kind", "agency__level", "agency"))
        assert {(kind, level, count) for (kind, level, _agency), count in per_agency.items()} == {
            ("ubnd", "commune", 2),
            ("office", "province", 6),
        }
        communes = Agency.objects.filter(kind="ubnd", level="commune").count()
        assert counters.count() == 2 * communes + 6

    def test_the_26_procedures_can_be_filed_today(self):
        today = timezone.localdate()
        active = ProcedureVersion.objects.accepting(today)
        assert active.count() == 27
        assert len(set(active.values_list("procedure__national_code", flat=True))) == 26
        (linked,) = active.filter(procedure__national_code="2.000986")
        legs = linked.cases.get().planned_legs.all()
        assert [leg.after for leg in legs] == [[], [1], [1], [2, 3]]
        assert [leg.agency.short_name for leg in legs if leg.agency] == ["Công an tỉnh", "BHXH tỉnh"]
        (permit,) = active.filter(procedure__national_code="1.013225")
        limits = {one.channel: str(one.legal_limit) for one in permit.cases.get().channel_rules.all()}
        assert limits == {"counter": "15 ngày", "online": "20 ngày", "post": "20 ngày"}
        assert ProcedureVersion.objects.filter(state="draft").count() == 3

    def test_every_declaration_that_is_asked_for_can_be_fetched_and_filled_in(self):
        asked = Requirement.objects.exclude(form_name="").select_related("form")
        assert asked.count() > 20
        assert not asked.filter(form=None).exists()
        one = asked.filter(form_name__startswith="Tờ khai").first()
        text = text_of(read_checked(one.form))
        assert one.form_name.upper() in " ".join(text.split()).upper()
        assert "Tôi cam đoan" in text

    def test_secrets_are_readable_by_their_owner_alone(self):
        assert stat.S_IMODE((self.folder / signins.NAME).stat().st_mode) == 0o600

    def test_a_second_run_changes_nothing(self):
        def state() -> tuple[object, ...]:
            counts = (model.objects.count() for model in (Agency, User, Certificate, Delegation, Holiday))
            return ((self.folder / signins.NAME).read_bytes(), *counts)

        before = state()
        assert output("seed").count("already there") == 5
        assert state() == before

    def test_everybody_in_the_cast_opens_their_account(self):
        for one in signins.read().people:
            user = User.objects.get(username=one.username)
            assert user.check_password(one.password)
            assert TOTPDevice.objects.filter(user=user, key=one.totp_key, confirmed=True).exists()

    def test_leaders_sign_and_registries_seal_with_the_pins_of_the_file(self):
        now = timezone.now()
        known = signins.read()
        for part in (part for part in CAST if part.signs):
            user = User.objects.get(username=part.username)
            certificate = Certificate.objects.of_user(user).usable(now).get()
            with provider.open(certificate, known.person(part.username).pin, at=now) as key:
                assert key.sign(b"x", "sha256")
        for name in SEALED:
            agency = agency_called(name)
            certificate = Certificate.objects.of_agency(agency).usable(now).get()
            with provider.open(certificate, known.seal(agency.code).pin, at=now) as key:
                assert key.sign(b"x", "sha256")

    def test_an_really_signs_in_with_password_and_code(self):
        an = signins.read().person("an")
        client = Client()
        client.post(reverse("accounts:login"), {"username": "an", "password": an.password})
        client.post(
            reverse("accounts:second_factor_verify"), {"code": output("demo_signins", "--code", "an").strip()}
        )
        answer = client.get(reverse("organizations:agency_list"))
        assert answer.status_code == 200
        assert "Nguyễn Thị An" in answer.content.decode()
        positions = answer.wsgi_request.actor.positions
        assert [one.agency.short_name for one in positions] == [PROVINCE, "Văn phòng UBND tỉnh"]

    def test_the_table_names_everybody_and_tells_the_way_to_a_code(self):
        table = output("demo_signins")
        for part in CAST:
            assert part.full_name in table
        assert "demo_signins --code an" in table
        with pytest.raises(CommandError, match="there are an, binh"):
            call_command("demo_signins", "--code", "nobody")

    def test_a_lost_file_is_made_anew_with_new_secrets(self):
        before = signins.read()
        self.addCleanup(signins.write, before)
        with transaction.atomic():
            (self.folder / signins.NAME).unlink()
            with pytest.raises(CommandError, match="no demo sign-ins yet"):
                call_command("demo_signins")
            assert "cast: loaded" in output("seed")
            after = signins.read()
            binh = after.person("binh")
            assert binh.password != before.person("binh").password
            user = User.objects.get(username="binh")
            assert user.check_password(binh.password)
            assert Certificate.objects.of_user(user).usable(timezone.now()).count() == 1
            transaction.set_rollback(True)

    def test_a_file_of_another_database_is_not_believed(self):
        before = signins.read()
        self.addCleanup(signins.write, before)
        content = json.loads((self.folder / signins.NAME).read_text())
        content["people"][0]["totp_key"] = "00" * 20
        with transaction.atomic():
            (self.folder / signins.NAME).write_text(json.dumps(content))
            output("seed")
            an = signins.read().person("an")
            assert TOTPDevice.objects.filter(key=an.totp_key).count() == 1
            transaction.set_rollback(True)

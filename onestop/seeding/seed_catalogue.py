"""Loads the demo's procedures with their history, as if officials had written and announced them."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.workflow.move import move
from onestop.actions.activate_version import put_in_force
from onestop.actions.announce_decision import DecisionContent, EffectLine, enter_decision
from onestop.actions.apply_decisions import apply_decisions
from onestop.actions.create_version import write_draft
from onestop.enums import EffectKind, FeeBasis, VersionState
from onestop.exchange.catalogue.record import Record, parse_record
from onestop.models import LifeEvent, Procedure, ProcedureVersion, Sector
from onestop.queries.catalogue import in_force
from onestop.queries.commitment import committed_content, without_commitment
from onestop.queries.version_content import CaseContent, VersionContent, content_of
from onestop.seeding.blank_forms import blank_form
from onestop.seeding.notation import Table, record_of

FILE = Path(__file__).parent / "catalogue.toml"
# The office of the province's committee keeps the catalogue; a room of it checks procedures.
KEEPER, CHECKING_ROOM = "Văn phòng UBND tỉnh", "KSTTHC"
AMENDED_ON, LAND_AMENDED_ON = date(2026, 1, 5), date(2026, 1, 15)
LAND = "Đất đai"
# Before a decision's day: time to write and to verify.
WRITTEN_BEFORE = timedelta(days=7)
VERIFIED_AFTER = timedelta(days=2)


@transaction.atomic
def seed_catalogue() -> int:
    """Load what is not there yet; returns how many procedures were loaded, 0 the second time."""
    if Procedure.objects.exists():
        return 0
    return _Seed(tomllib.loads(FILE.read_text(encoding="utf-8"))).load()


class _Seed:
    """One loading: the file, and whom and what it names."""

    def __init__(self, tables: Table) -> None:
        self.tables = tables
        self.agencies = {one.short_name: one for one in Agency.objects.filter(short_name__in=self._named())}
        self.writer, self.verifier = self._keeper(Role.SPECIALIST), self._keeper(Role.OFFICE_HEAD)
        self.leader = self._keeper(Role.LEADER, department=None)
        self.events = {
            event["code"]: LifeEvent.objects.create(order=order, **event)
            for order, event in enumerate(tables["life_event"], start=1)
        }
        self.forms: dict[str, int] = {}
        self.lines: dict[str, list[EffectLine]] = {one["key"]: [] for one in tables["decision"]}

    def load(self) -> int:
        """In the order of time: a decision needs its versions, and those the ones before."""
        procedures = [(table, self._procedure(table)) for table in self.tables["procedure"]]
        self._first(procedures)
        self._amended(procedures)
        self._committed(procedures)
        self._next(procedures)
        self._drafts(procedures)
        apply_decisions(timezone.now())
        return len(procedures)

    def _first(self, procedures: list[tuple[Table, Procedure]]) -> None:
        for table, procedure in procedures:
            content = self._content(table | table.get("earlier", {}))
            self._announce("list", procedure, content, EffectKind.NEW, self.tables["first_on"])
        self._enter("list")

    def _amended(self, procedures: list[tuple[Table, Procedure]]) -> None:
        for table, procedure in procedures:
            if "earlier" in table:
                on = LAND_AMENDED_ON if table["sector"] == LAND else AMENDED_ON
                self._announce("amended", procedure, self._content(table), EffectKind.AMENDED, on)
        self._enter("amended")

    def _committed(self, procedures: list[tuple[Table, Procedure]]) -> None:
        """The province's own promise needs no announcing decision: its limits by law are the same."""
        on = self.tables["committed_on"]
        for table, procedure in procedures:
            if "committed" not in table:
                continue
            held = in_force(procedure, on)
            assert held is not None  # noqa: S101  (the first decision brought in every one)
            content = committed_content(content_of(held), table["committed"])
            at = _morning(on - WRITTEN_BEFORE)
            version = self._verified(
                procedure, content, at, note=f"Cam kết giảm {table['committed']} % thời hạn giải quyết"
            )
            put_in_force(version, on, by=self.leader, at=at)

    def _next(self, procedures: list[tuple[Table, Procedure]]) -> None:
        for table, procedure in procedures:
            if "next" in table:
                later = table["next"]
                content = self._content(table | later)
                self._announce(later["by"], procedure, content, EffectKind.AMENDED, later["on"])
            if "abolished_by" in table:
                line = EffectLine(
                    procedure=procedure, kind=EffectKind.ABOLISHED, effective_on=table["abolished_on"]
                )
                self.lines[table["abolished_by"]].append(line)
        self._enter("civil_status_law")

    def _drafts(self, procedures: list[tuple[Table, Procedure]]) -> None:
        """What an official has on the desk: drafts that may not be activated as they stand."""
        for table, procedure in procedures:
            if "draft" in table:
                content = without_commitment(self._content(table | table["draft"]))
                unfinished = _unfinished(content, table["draft"])
                write_draft(procedure, unfinished, by=self.writer, at=timezone.now())

    def _procedure(self, table: Table) -> Procedure:
        record = self._record(table)
        sector, _ = Sector.objects.get_or_create(code=record.sector_code, defaults={"name": record.sector})
        procedure = Procedure.objects.create(
            national_code=record.code,
            suffix=record.suffix,
            agency=self.agencies[record.agency],
            level=record.level,
            sector=sector,
            system_of_record=record.system_of_record,
        )
        procedure.life_events.set(self.events[code] for code in table["life_events"])
        return procedure

    def _announce(self, key: str, procedure: Procedure, content: VersionContent, kind: str, on: date) -> None:
        written = _morning(self._decision(key)["issued_on"] - WRITTEN_BEFORE)
        version = self._verified(procedure, content, written)
        line = EffectLine(procedure=procedure, kind=kind, effective_on=on, version=version)
        self.lines[key].append(line)

    def _enter(self, key: str) -> None:
        decision = {name: value for name, value in self._decision(key).items() if name != "key"}
        content = DecisionContent(**decision, lines=tuple(self.lines[key]))
        enter_decision(content, by=self.leader, at=_morning(content.issued_on))

    def _verified(
        self, procedure: Procedure, content: VersionContent, at: datetime, note: str = ""
    ) -> ProcedureVersion:
        version = write_draft(procedure, content, by=self.writer, at=at - VERIFIED_AFTER, note=note)
        version.verified_by, version.verified_at = self.verifier.membership, at
        version.save(update_fields=["verified_by", "verified_at"])
        move(version, to=VersionState.VERIFIED, by=self.verifier, at=at)
        return version

    def _keeper(self, role: Role, **where: object) -> Actor:
        """Somebody of the office that keeps the catalogue, as they act."""
        posts = Membership.objects.filter(agency=self.agencies[KEEPER], role=role)
        posts = posts.filter(**(where or {"department__abbreviation": CHECKING_ROOM}))
        member = posts.select_related("user", "agency").order_by("-is_head", "pk")[0]
        return Actor(user=member.user, membership=member, agency=member.agency)

    def _content(self, table: Table) -> VersionContent:
        content = self._record(table).content
        return replace(content, cases=tuple(map(self._with_forms, content.cases)))

    def _with_forms(self, case: CaseContent) -> CaseContent:
        lines = tuple(
            replace(one, form_id=self._form(one.form_name)) if one.form_name else one
            for one in case.requirements
        )
        return replace(case, requirements=lines)

    def _form(self, name: str) -> int:
        if name not in self.forms:
            self.forms[name] = blank_form(name)
        return self.forms[name]

    def _record(self, table: Table) -> Record:
        record = record_of(table, self.tables["ways"], self.tables["suffix"])
        return parse_record(record, agency_id=lambda name: self.agencies[name].pk)

    def _decision(self, key: str) -> dict[str, Any]:
        return next(one for one in self.tables["decision"] if one["key"] == key)

    def _named(self) -> set[str]:
        deciding = {one["agency"] for one in self.tables["procedure"]}
        legs = {leg.get("agency", KEEPER) for way in self.tables["ways"].values() for leg in way["leg"]}
        return deciding | legs | {KEEPER}


def _unfinished(content: VersionContent, draft: Table) -> VersionContent:
    """As the national catalogue prints it: limits without units, “free” where the council decides."""
    cases = content.cases
    if draft.get("without_units"):
        cases = tuple(
            replace(case, channel_rules=tuple(replace(rule, legal_unit="") for rule in case.channel_rules))
            for case in cases
        )
    if draft.get("council_fee"):
        cases = tuple(
            replace(
                case,
                fee_rules=tuple(
                    replace(fee, basis=FeeBasis.COUNCIL, amount=None, is_confirmed=False)
                    for fee in case.fee_rules
                ),
            )
            for case in cases
        )
    return replace(content, cases=cases)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), timezone.get_default_timezone())

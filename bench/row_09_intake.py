"""Row 9: a dossier taken in at the counter over HTTP, with code, appointment and receipt as PDF, against
the bare SQL transactions that it writes: every row that it inserts and every row that it changes."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

import requests
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models, transaction
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg2.extras import Json

from bench.counter import counter, drafts, filing_of
from bench.table import Line, at_most, timed
from bench.web import web
from egov.numbering.next_number import NEXT
from egov.organizations.actor import Actor
from onestop.actions.intake_draft import receive_intake
from onestop.actions.print_form import print_form
from onestop.models import IntakeDraft, IssuedForm

BATCH = 20
RUNS, WARM = 5, 1
BAR = 8
TIMES = ("received_at", "due_at")
NUMBERED = ("bare-dossier", "bare-slip")


def lines() -> list[Line]:
    """One line: a batch of dossiers by one counter, one after the other, on one kept connection."""
    actor = counter()
    each = BATCH * (RUNS + WARM)
    typed = drafts(actor, 2 * each + 1)
    bare = Bare.of(actor, next(typed), list(islice(typed, each)))
    with web() as site:
        browser = _Browser(site.address, actor)

        def ours() -> None:
            for _ in range(BATCH):
                browser.take_in(next(typed))

        taken = timed(ours, runs=RUNS, warm=WARM)

    def raw() -> None:
        for _ in range(BATCH):
            bare.write()

    limit = timed(raw, runs=RUNS, warm=WARM)
    what = f"Counter intake over HTTP: receive {BATCH} dossiers, each with its receipt as PDF"
    return [at_most(9, what, taken, limit, BAR)]


class _Browser:
    """The counter's browser: signed in, one connection kept."""

    def __init__(self, address: str, actor: Actor) -> None:
        self._address = address
        self._http = requests.Session()
        session = SessionStore()
        session[SESSION_KEY] = str(actor.user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = actor.user.get_session_auth_hash()
        session.save()
        token = secrets.token_hex(16)
        self._http.cookies.update({"sessionid": str(session.session_key), "csrftoken": token})
        self._http.headers["X-CSRFToken"] = token

    def take_in(self, draft: IntakeDraft) -> None:
        """Press “Tiếp nhận”, then print the slip."""
        answer = self._http.post(
            f"{self._address}/counter/intake/{draft.pk}/",
            data={**draft.typed, "next": "receive"},
            allow_redirects=False,
            timeout=30,
        )
        assert answer.status_code == 302, (answer.status_code, answer.text[:2000])
        dossier_id = int(answer.headers["Location"].rstrip("/").rsplit("/", 1)[1])
        slip_id = IssuedForm.objects.values_list("pk", flat=True).get(dossier=dossier_id)
        slip = self._http.get(f"{self._address}/counter/slips/{slip_id}/", timeout=30)
        assert slip.content[:5] == b"%PDF-", slip.status_code


@dataclass
class Bare:
    """The rows of one receipt, written again with plain statements in the transactions in which they came."""

    # For each transaction: table and values, in the order in which they were written.
    transactions: list[list[tuple[str, dict[str, Any]]]]
    # Columns that point to a row of the same receipt: (table, column) → table pointed to.
    links: dict[tuple[str, str], str]
    # What is taken in: each becomes a dossier once.
    drafts: Iterator[IntakeDraft]
    agency_id: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1_000_000))

    @classmethod
    def of(cls, actor: Actor, draft: IntakeDraft, later: list[IntakeDraft]) -> "Bare":
        """Receive and print one dossier and see which rows came to be; ``later`` are drafts for the next."""
        at = timezone.now()
        filing = filing_of(draft, actor)
        steps = [
            lambda: receive_intake(actor, draft, filing=filing, typed=draft.typed, at=at),
            lambda: print_form(actor, IssuedForm.objects.latest("pk"), at=at),
        ]
        written = [_new_rows(step) for step in steps]
        tables = {table for rows in written for table, _values in rows}
        links = {
            (model._meta.db_table, one.column): one.related_model._meta.db_table
            for model in apps.get_models()
            if model._meta.db_table in tables
            for one in model._meta.get_fields()
            if isinstance(one, ForeignKey) and one.related_model._meta.db_table in tables
        }
        return cls(written, links, iter(later), actor.agency.pk)

    def write(self) -> None:
        """The same once more, under other names."""
        number = next(self.numbers)
        keys: dict[tuple[str, int], int] = {}
        for rows, change in zip(self.transactions, (self._change_draft, self._change_slip), strict=True):
            with transaction.atomic(), connection.cursor() as cursor:
                for table, values in rows:
                    self._insert(cursor, table, values, keys, number)
                change(cursor, {table: key for (table, _old), key in keys.items()})

    def _change_draft(self, cursor: Any, made: dict[str, int]) -> None:
        """The numbers of the dossier and of its slip are taken, the draft leads to the dossier."""
        for book in NUMBERED:
            cursor.execute(NEXT, [self.agency_id, book, timezone.localdate().year, 1])
        draft = next(self.drafts)
        cursor.execute(
            "UPDATE onestop_intakedraft SET typed = %s, saved_at = now(), dossier_id = %s WHERE id = %s",
            [Json(draft.typed), made["onestop_dossier"], draft.pk],
        )

    def _change_slip(self, cursor: Any, made: dict[str, int]) -> None:
        """The slip has its file."""
        cursor.execute(
            "UPDATE onestop_issuedform SET file_id = %s WHERE id = %s",
            [made["files_storedfile"], made["onestop_issuedform"]],
        )

    def _insert(
        self,
        cursor: Any,
        table: str,
        values: dict[str, Any],
        keys: dict[tuple[str, int], int],
        number: int,
    ) -> None:
        row = {name: value for name, value in values.items() if name != "id"} | _own_names(table, number)
        for name, value in row.items():
            pointed = self.links.get((table, name))
            if pointed is not None and value is not None:
                row[name] = keys.get((pointed, value), value)
        if table == "onestop_dossier":
            row |= dict.fromkeys(TIMES)
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) RETURNING id', list(row.values()))
        keys[table, values["id"]] = cursor.fetchone()[0]
        if table == "onestop_clockevent":
            # A dossier's times follow its event.
            cursor.execute(
                "UPDATE onestop_dossier SET received_at = %s, due_at = %s WHERE id = %s",
                [row["received_at"], row["due_at"], row["dossier_id"]],
            )


def _own_names(table: str, number: int) -> dict[str, Any]:
    """Values that no two rows share."""
    if table == "onestop_dossier":
        return {"code": f"H54.1-261123-{number}", "idempotency_key": f"bare-{number}"}
    if table == "onestop_issuedform":
        return {"number": number, "file_id": None}
    if table == "files_storedfile":
        return {"sha256": f"{number:064x}"}
    return {}


def _new_rows(step: Any) -> list[tuple[str, dict[str, Any]]]:
    """What a step inserted, table by table in the order of writing; what triggers add comes by itself."""
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    last = {table: _last_key(model) for table, model in by_table.items() if _has_number(model)}
    with CaptureQueriesContext(connection) as seen:
        step()
    order: list[str] = []
    for query in seen.captured_queries:
        words = query["sql"].split('"')
        if words[0].strip() == "INSERT INTO" and words[1] not in order:
            order.append(words[1])
    found = []
    for table in order:
        model = by_table.get(table)
        if model is None or table not in last:
            continue
        rows = model._base_manager.filter(pk__gt=last[table]).order_by("pk")
        found.extend((table, _values(row)) for row in rows)
    return found


def _has_number(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField) and model._meta.managed


def _last_key(model: type[models.Model]) -> int:
    return model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


def _values(row: models.Model) -> dict[str, Any]:
    return {
        one.column: one.get_db_prep_save(getattr(row, one.attname), connection)
        for one in row._meta.concrete_fields
        if not one.generated
    }

"""A year of dossiers in a minute or two: the rows that real actions would leave, written in bulk.

``fill(1_000_000)`` plays lives of seven shapes over twelve months: early, on the day, late, late with an apology,
with a supplement over some days, withdrawn, refused online. What has not happened by ``until`` is not written,
so the desk is as full as in life. Spells are computed here too, as triggers are silent in bulk; ``checked``
compares some with their events.
"""

# ruff: noqa: E501  (columns of SQL stand side by side)
import random
from datetime import datetime, timedelta

from django.db import connection, transaction

from onestop.models import Dossier
from onestop.queries.statistics.replay import differences

CHUNK = 100_000
SHOWN = 5

# What the statements are about: keys and moments.
SPAN = """
    CREATE TEMP TABLE span ON COMMIT DROP AS
    SELECT %s::bigint AS first, %s::bigint AS last, %s::timestamptz AS since, %s::timestamptz AS until
"""
# Which procedure is asked for where: commune procedures at any commune, provincial ones at their agency.
PLACES = """
    CREATE TEMP TABLE place ON COMMIT DROP AS
    SELECT row_number() OVER () AS k, v.id AS version_id, c.id AS case_id, p.id AS procedure_id, p.sector_id,
           v.no_appointment, a.id AS agency_id, a.code AS agency_code, r.id AS rule_id, r.channel,
           coalesce(r.committed_amount, r.legal_amount, 3) AS days, counter.id AS counter_id,
           coalesce(specialist.id, counter.id) AS specialist_id
    FROM onestop_procedureversion v
    JOIN onestop_procedure p ON p.id = v.procedure_id
    JOIN LATERAL (SELECT id FROM onestop_case WHERE version_id = v.id ORDER BY "order" LIMIT 1) c ON true
    JOIN onestop_channelrule r ON r.case_id = c.id AND r.variant = ''
    JOIN organizations_agency a ON a.valid_to IS NULL
         AND (p.level = 'commune' AND a.level = 'commune' AND a.kind = 'ubnd'
              OR p.level <> 'commune' AND a.id = p.agency_id)
    JOIN LATERAL (SELECT id FROM organizations_membership WHERE agency_id = a.id AND valid_to IS NULL
                  ORDER BY role <> 'counter', id LIMIT 1) counter ON true
    LEFT JOIN LATERAL (SELECT id FROM organizations_membership WHERE agency_id = a.id AND valid_to IS NULL
                       AND role = 'specialist' ORDER BY id LIMIT 1) specialist ON true
    WHERE v.state = 'active'
"""
LIVES = """
    CREATE TEMP TABLE life ON COMMIT DROP AS
    WITH drawn AS (
        SELECT n, 1 + floor(random() * (SELECT count(*) FROM place))::int AS k, random() AS shape,
               random() AS haste, (SELECT since FROM span) + ((SELECT until FROM span) - (SELECT since FROM span)) * random() AS moment
        FROM generate_series((SELECT first FROM span), (SELECT last FROM span)) n
    ), opened AS (
        -- In working hours of a working day.
        SELECT drawn.*, (CASE extract(isodow FROM moment AT TIME ZONE 'Asia/Ho_Chi_Minh')
                         WHEN 6 THEN -1 WHEN 7 THEN -2 ELSE 0 END * interval '1 day')
               + (date_trunc('day', moment AT TIME ZONE 'Asia/Ho_Chi_Minh') AT TIME ZONE 'Asia/Ho_Chi_Minh')
               + interval '7 hours' + random() * interval '4 hours' AS received
        FROM drawn
    ), promised AS (
        SELECT opened.*, place.days,
               CASE WHEN NOT place.no_appointment THEN
                   date_trunc('day', received AT TIME ZONE 'Asia/Ho_Chi_Minh') AT TIME ZONE 'Asia/Ho_Chi_Minh'
                   + (place.days + 2 * (place.days / 5)) * interval '1 day' + interval '16 hours'
               END AS due
        FROM opened JOIN place USING (k)
    )
    SELECT n, k, received, due, CASE
               WHEN shape < 0.02 AND place.channel = 'online' THEN 'refused' WHEN shape < 0.03 THEN 'withdrawn'
               WHEN shape < 0.09 THEN 'supplement' WHEN shape < 0.10 THEN 'apology'
               WHEN shape < 0.12 THEN 'late' ELSE 'ordinary' END AS shape,
           -- 27 of 100 early, the others on the day, late ones up to a week later (domain: 6).
           received + greatest(interval '1 hour', (coalesce(due, received + interval '2 days') - received)
               * CASE WHEN shape < 0.12 AND shape >= 0.09 THEN 1 + haste ELSE least(1, 0.6 + 1.5 * haste) END)
               AS done
    FROM promised JOIN place USING (k)
"""
# state_after, clock and times at each moment; ``extra`` is what a supplement added or an apology won.
EVENTS = """
    CREATE TEMP TABLE ev ON COMMIT DROP AS
    WITH way AS (
        SELECT life.*, CASE shape WHEN 'supplement' THEN interval '5 days' ELSE interval '0' END AS pause,
               CASE WHEN shape = 'apology' THEN done - due + interval '1 day' ELSE interval '0' END AS won
        FROM life
    ), told AS (
        SELECT n, 0 AS seq, received - interval '1 hour' AS at, 'filed' AS state, true AS moved, NULL AS kind,
               NULL::timestamptz AS received_at, NULL::timestamptz AS due_at, NULL::timestamptz AS finished_at,
               NULL::timestamptz AS returned_at, interval '0' AS grace, NULL::timestamptz AS closed_at
        FROM way JOIN place USING (k) WHERE channel = 'online'
        UNION ALL SELECT n, 1, received, 'refused', true, NULL, NULL, NULL, NULL, NULL, interval '0', received
        FROM way WHERE shape = 'refused'
        UNION ALL SELECT n, 1, received, 'received', true, 'received', received, due, NULL, NULL, interval '0',
                         NULL FROM way WHERE shape <> 'refused'
        UNION ALL SELECT n, 2, received + interval '10 minutes', 'processing', true, NULL, received, due, NULL,
                         NULL, interval '0', NULL FROM way WHERE shape <> 'refused'
        UNION ALL SELECT n, 3, received + interval '30 minutes', 'supplement', true, 'stopped', received, due,
                         NULL, NULL, interval '0', NULL FROM way WHERE shape = 'supplement'
        UNION ALL SELECT n, 4, received + interval '30 minutes' + pause, 'processing', true, 'resumed', received,
                         due + pause, NULL, NULL, interval '0', NULL FROM way WHERE shape = 'supplement'
        UNION ALL SELECT n, 3, due - interval '1 day', 'processing', false, 'apology', received, due + won, NULL,
                         NULL, won, NULL
        FROM way WHERE shape = 'apology' AND due - interval '1 day' > received + interval '10 minutes'
        UNION ALL SELECT n, 5, received + interval '2 hours', 'withdrawn', true, 'closed', received, due, NULL,
                         NULL, interval '0', received + interval '2 hours' FROM way WHERE shape = 'withdrawn'
    ), grace AS (
        SELECT n, max(grace) AS grace FROM told GROUP BY n
    ), won AS (
        SELECT way.*, coalesce(grace.grace, interval '0') AS grace
        FROM way LEFT JOIN grace USING (n) WHERE shape NOT IN ('refused', 'withdrawn')
    )
    SELECT * FROM told WHERE at < (SELECT until FROM span)
    UNION ALL SELECT n, 6, done + pause, 'done', true, 'finished', received, due + pause + grace, done + pause,
                     NULL, grace, done + pause
    FROM won WHERE done + pause < (SELECT until FROM span)
    UNION ALL SELECT n, 7, done + pause + interval '1 day', 'returned', true, 'returned', received,
                     due + pause + grace, done + pause, done + pause + interval '1 day', grace, done + pause
    FROM won WHERE done + pause + interval '1 day' < (SELECT until FROM span)
"""
NOW = """
    CREATE TEMP TABLE now ON COMMIT DROP AS
    SELECT DISTINCT ON (n) * FROM ev ORDER BY n, seq DESC
"""
PARTIES = """
    INSERT INTO onestop_party (id, kind, name, personal_number, tax_code, sex, address, phone, email,
                               representative, identity_level, number_warning)
    SELECT n, 'citizen', (ARRAY['Nguyễn', 'Trần', 'Phạm', 'Vũ', 'Đỗ', 'Bùi'])[1 + mod(n, 6)] || ' '
           || (ARRAY['Thị', 'Văn', 'Đức', 'Minh'])[1 + mod(n, 4)] || ' '
           || (ARRAY['Hoa', 'Nam', 'Hạnh', 'Dũng', 'Lan', 'Tuấn', 'Mai'])[1 + mod(n, 7)],
           '034190' || lpad((mod(n, 1000000))::text, 6, '0'), '', '', 'Thái Bình', '', '', '', 0, ''
    FROM now
"""
DOSSIERS = """
    INSERT INTO onestop_dossier (id, code, filing_number, external_code, version_id, case_id, channel,
        channel_rule_id, state, receiving_agency_id, deciding_agency_id, current_agency_id, holder_id,
        received_by_id, owner_id, submitter_id, content, sets, delivery, delivery_address, submitted_at,
        received_at, due_at, finished_at, returned_at, promised_at, legal_due_at, payment_state, delivery_state,
        secret)
    SELECT n, CASE WHEN now.received_at IS NOT NULL THEN agency_code || '-' || to_char(received, 'YYMMDD') || '-'
           || lpad(n::text, 7, '0') END, 'DK-' || n, '', version_id, case_id, channel, rule_id, now.state,
           agency_id, agency_id, agency_id, CASE WHEN now.state = 'processing' THEN specialist_id END, counter_id,
           n, n, 'Giải quyết hồ sơ số ' || n, 1, 'counter', '', received, now.received_at, now.due_at,
           now.finished_at, now.returned_at, due, due, 'none',
           CASE now.state WHEN 'done' THEN 'at_counter' WHEN 'returned' THEN 'delivered' ELSE 'not_ready' END,
           'K7QM'
    FROM now JOIN life USING (n) JOIN place USING (k)
"""
CHANGES = """
    INSERT INTO onestop_dossierchange (dossier_id, before, after, at, person, note)
    SELECT n, coalesce(lag(state) OVER (PARTITION BY n ORDER BY seq), ''), state, at, 'Cán bộ', ''
    FROM ev WHERE moved ORDER BY at
"""
CLOCK = """
    INSERT INTO onestop_clockevent (dossier_id, kind, at, received_at, due_at, finished_at, returned_at, reason,
                                    person)
    SELECT n, kind, at, received_at, due_at, finished_at, returned_at, '', 'Cán bộ'
    FROM ev WHERE kind IS NOT NULL ORDER BY at
"""
SPELLS = """
    INSERT INTO onestop_spell (dossier_id, since, until, agency_id, procedure_id, sector_id, channel, state,
        state_since, taken_at, received_at, entered_at, due_at, grace, is_apologised, promised_at, late_from,
        finished_at, closed_at, reopened_at, timeliness, is_late_by_law)
    WITH ends AS (
        SELECT ev.*, lead(at) OVER (PARTITION BY n ORDER BY seq) AS until, due_at - grace AS promised_at,
               CASE WHEN state <> 'filed' THEN received END AS taken_at, due,
               CASE WHEN moved THEN at ELSE lag(at) OVER (PARTITION BY n ORDER BY seq) END AS state_since,
               (date_trunc('day', (due_at - grace) AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '1 day')
               AT TIME ZONE 'Asia/Ho_Chi_Minh' AS late_from, k
        FROM ev JOIN life USING (n)
    )
    SELECT n, at, until, agency_id, procedure_id, sector_id, channel, state, state_since, taken_at, received_at,
           taken_at, due_at, grace, grace <> interval '0', promised_at, late_from, finished_at, closed_at, NULL,
           CASE WHEN state IN ('refused', 'withdrawn') THEN ''
                WHEN late_from IS NULL THEN 'unpromised'
                WHEN finished_at >= late_from THEN 'late'
                WHEN finished_at < late_from - interval '1 day' THEN 'early'
                WHEN finished_at IS NOT NULL THEN 'on_time'
                WHEN state = 'supplement' THEN CASE WHEN at >= late_from THEN 'late' ELSE 'in_time' END
                ELSE '' END,
           finished_at >= late_from
    FROM ends JOIN place USING (k)
"""
LEGS = """
    INSERT INTO onestop_leg (id, dossier_id, "order", name, agency_id, after, amount, unit, state, sent_at,
                             started_at, due_at, ended_at)
    SELECT n, n, 1, 'Giải quyết', agency_id, '{}', days, 'working_days',
           CASE WHEN now.finished_at IS NULL THEN CASE WHEN now.state = 'withdrawn' THEN 'cancelled'
                ELSE 'running' END ELSE 'done' END,
           received, received, due, now.finished_at
    FROM now JOIN life USING (n) JOIN place USING (k) WHERE now.received_at IS NOT NULL
"""
LEG_CHANGES = """
    INSERT INTO onestop_legchange (leg_id, before, after, at, person, note)
    SELECT id, 'planned', 'running', started_at, 'Cán bộ', '' FROM onestop_leg
    WHERE id BETWEEN (SELECT first FROM span) AND (SELECT last FROM span)
    UNION ALL SELECT id, 'running', 'done', ended_at, 'Cán bộ', '' FROM onestop_leg
    WHERE id BETWEEN (SELECT first FROM span) AND (SELECT last FROM span) AND ended_at IS NOT NULL
"""
STEPS = """
    INSERT INTO onestop_step (leg_id, "order", name, role, hours, followers, holder_id, state, started_at, due_at,
                              ended_at, note)
    SELECT leg.id, one.place, one.name, one.role, 8, '{}',
           CASE WHEN one.place = 1 THEN counter_id ELSE specialist_id END,
           CASE WHEN one.place = 1 OR leg.ended_at IS NOT NULL THEN 'done'
                WHEN leg.state = 'cancelled' THEN 'skipped' ELSE 'running' END,
           leg.started_at, leg.due_at, CASE WHEN one.place = 1 THEN leg.started_at ELSE leg.ended_at END, ''
    FROM onestop_leg leg JOIN life ON life.n = leg.id JOIN place USING (k),
         (VALUES (1, 'Tiếp nhận', 'counter'), (2, 'Thẩm định', 'specialist')) one(place, name, role)
    WHERE leg.id BETWEEN (SELECT first FROM span) AND (SELECT last FROM span)
"""
IN_ORDER = (PLACES, LIVES, EVENTS, NOW, PARTIES, DOSSIERS, CHANGES, CLOCK, SPELLS, LEGS, LEG_CHANGES, STEPS)
SILENT = (
    "onestop_dossier",
    "onestop_dossierchange",
    "onestop_clockevent",
    "onestop_spell",
    "onestop_leg",
    "onestop_legchange",
)
TEMPORARY = {PLACES: "place", LIVES: "life", EVENTS: "ev", NOW: "now"}
TABLES = ("onestop_party", "onestop_dossier", "onestop_leg")


def fill(count: int, *, until: datetime, seed: float = 0.5) -> int:
    """Write so many dossiers of the year before ``until`` beside those that are there; gives the first key.

    Needs the network and active procedures. Each hundred thousand are one transaction.
    """
    first = _next_key()
    for start in range(first, first + count, CHUNK):
        last = min(start + CHUNK, first + count) - 1
        span = [start, last, until - timedelta(days=365), until]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            # Silent, not only ignoring: asked a million times even that costs hours.
            for table in SILENT:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute("SELECT setseed(%s)", [seed])
            cursor.execute(SPAN, span)
            for statement in IN_ORDER:
                cursor.execute(statement)
                if statement in TEMPORARY:
                    # The planner knows nothing of a table that was made a moment ago.
                    cursor.execute("ANALYZE " + TEMPORARY[statement])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in SILENT:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for table in TABLES:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")
    return first


def checked(first: int, count: int, *, sample: int = 500) -> None:
    """Compare the spells of some of them with their events. Raises AssertionError."""
    some = random.Random(first).sample(range(first, first + count), min(sample, count))
    found = list(differences(Dossier.objects.filter(pk__in=some)))
    if found:
        raise AssertionError(f"{len(found)} of {len(some)} dossiers: " + "; ".join(found[:SHOWN]))


def _next_key() -> int:
    """Beyond every key of the tables that share it here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest("
            + ", ".join(f"(SELECT coalesce(max(id), 0) FROM {table})" for table in TABLES)
            + ") + 1"
        )
        return int(cursor.fetchone()[0])

"""How an event of a dossier becomes the next of its spells: inside the database, whoever writes the event.

One trigger function serves three tables: changes of state, clock events and takeovers. It goes from the spell
that held until then and from what the event says; nothing that happens later is asked.
"""

# An appointment is kept when the result is there on its day, and one in hours at its minute; see
# queries/statistics/replay.py, which says the same in Python and is compared with this.
TELL_SPELL = """
    DECLARE
        d RECORD;
        p RECORD;
        moment TIMESTAMPTZ;
        s RECORD;
        is_final BOOLEAN;
        promised TIMESTAMPTZ;
        closed TIMESTAMPTZ;
        late TIMESTAMPTZ;
        entered TIMESTAMPTZ;
        result TIMESTAMPTZ;
        judged TEXT;
        by_law BOOLEAN;
        zone CONSTANT TEXT := 'Asia/Ho_Chi_Minh';
    BEGIN
        IF EXISTS (SELECT 1 FROM onestop_closedmonth WHERE ended_at > NEW.at) THEN
            RAISE EXCEPTION 'an event of % would change figures of a closed month', NEW.at
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT dossier.state, dossier.channel, dossier.deciding_agency_id, dossier.promised_at,
               dossier.legal_due_at, procedure.id AS procedure_id, procedure.sector_id,
               coalesce(nullif(rule.committed_unit, ''), rule.legal_unit, '') = 'hours' AS in_hours
        INTO d
        FROM onestop_dossier dossier
        JOIN onestop_procedureversion version ON version.id = dossier.version_id
        JOIN onestop_procedure procedure ON procedure.id = version.procedure_id
        LEFT JOIN onestop_channelrule rule ON rule.id = dossier.channel_rule_id
        WHERE dossier.id = NEW.dossier_id;
        SELECT * INTO p FROM onestop_spell WHERE dossier_id = NEW.dossier_id AND until IS NULL;
        -- Time goes forward: an event dated back counts from when the last one before it had counted.
        moment := greatest(NEW.at, p.since);

        SELECT coalesce(p.agency_id, d.deciding_agency_id) AS agency_id, coalesce(p.state, d.state) AS state,
               coalesce(p.state_since, moment) AS state_since, p.taken_at, p.received_at, p.due_at,
               p.finished_at, coalesce(p.grace, interval '0') AS grace,
               coalesce(p.is_apologised, false) AS is_apologised, p.reopened_at
        INTO s;

        IF TG_TABLE_NAME = 'onestop_dossierchange' THEN
            IF NEW.after IS DISTINCT FROM p.state THEN
                s.state_since := moment;
            END IF;
            s.state := NEW.after;
        ELSIF TG_TABLE_NAME = 'onestop_dossiertakeover' THEN
            IF s.agency_id = NEW.predecessor_id THEN
                s.agency_id := NEW.successor_id;
            END IF;
        ELSE
            IF NEW.kind = 'apology' THEN
                s.grace := s.grace + coalesce(NEW.due_at - p.due_at, interval '0');
                s.is_apologised := true;
            END IF;
            s.received_at := NEW.received_at;
            s.due_at := NEW.due_at;
            s.finished_at := NEW.finished_at;
        END IF;

        is_final := s.state IN ('refused', 'withdrawn', 'done', 'returned');
        IF s.taken_at IS NULL AND s.state NOT IN ('filed', 'supplement') THEN
            s.taken_at := moment;
        END IF;
        IF p.closed_at IS NOT NULL AND NOT is_final THEN
            s.reopened_at := moment;
        END IF;
        promised := s.due_at - s.grace;

        closed := CASE WHEN is_final THEN coalesce(p.closed_at, moment) END;
        late := CASE WHEN d.in_hours THEN promised + interval '1 microsecond'
                     ELSE (date_trunc('day', promised AT TIME ZONE zone) + interval '1 day') AT TIME ZONE zone
                END;
        -- Once a month has begun with it, a dossier is never received anew.
        entered := CASE WHEN p.entered_at < moment THEN p.entered_at
                        WHEN s.taken_at IS NULL THEN NULL
                        ELSE least(greatest(s.taken_at, s.received_at), closed)
                   END;
        result := coalesce(s.finished_at, closed);
        judged := CASE
            WHEN s.state IN ('refused', 'withdrawn') THEN ''
            WHEN late IS NULL THEN 'unpromised'
            WHEN s.state IN ('done', 'returned') THEN
                CASE WHEN result >= late THEN 'late'
                     WHEN (result AT TIME ZONE zone)::date < (promised AT TIME ZONE zone)::date THEN 'early'
                     ELSE 'on_time' END
            WHEN s.state IN ('supplement', 'duty', 'stopped') THEN
                CASE WHEN s.state_since >= late THEN 'late' ELSE 'in_time' END
            ELSE '' END;
        by_law := CASE WHEN s.state IN ('done', 'returned') THEN
            (result AT TIME ZONE zone)::date
            > ((promised + (d.legal_due_at - d.promised_at)) AT TIME ZONE zone)::date
        END;

        IF p.since = moment THEN
            UPDATE onestop_spell SET
                agency_id = s.agency_id, state = s.state, state_since = s.state_since, taken_at = s.taken_at,
                received_at = s.received_at, due_at = s.due_at, finished_at = s.finished_at,
                grace = s.grace, is_apologised = s.is_apologised, reopened_at = s.reopened_at,
                promised_at = promised, closed_at = closed, late_from = late,
                entered_at = entered, timeliness = judged, is_late_by_law = by_law
            WHERE id = p.id;
            RETURN NULL;
        END IF;
        UPDATE onestop_spell SET until = moment WHERE id = p.id;
        INSERT INTO onestop_spell (
            dossier_id, since, until, agency_id, procedure_id, sector_id, channel, state, state_since,
            taken_at, received_at, entered_at, due_at, grace, is_apologised, promised_at, late_from,
            finished_at, closed_at, reopened_at, timeliness, is_late_by_law
        ) VALUES (
            NEW.dossier_id, moment, NULL, s.agency_id, d.procedure_id, d.sector_id, d.channel, s.state,
            s.state_since, s.taken_at, s.received_at, entered, s.due_at, s.grace, s.is_apologised,
            promised, late, s.finished_at, closed, s.reopened_at, judged, by_law
        );
        RETURN NULL;
    END;
"""

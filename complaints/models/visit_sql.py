"""What the register of reception refuses, whoever writes the row."""

# Neither number nor register is ever written again (rule 7); a closed entry keeps every word, and only the
# letter that came of it may still be named, once; a visit that was protected stays so, and nobody who came
# on a protected one is in the tables (rule 35).
NUMBER_STAYS = """
    IF (NEW.agency_id, NEW.year, NEW.number, NEW.code, NEW.corrects_id)
        IS DISTINCT FROM (OLD.agency_id, OLD.year, OLD.number, OLD.code, OLD.corrects_id)
    THEN
        RAISE EXCEPTION 'the number of visit % stays what it is', OLD.id;
    END IF;
    IF OLD.state = 'closed' AND (
        to_jsonb(NEW) - 'letter_id' IS DISTINCT FROM to_jsonb(OLD) - 'letter_id'
        OR (OLD.letter_id IS NOT NULL AND NEW.letter_id IS DISTINCT FROM OLD.letter_id)
    ) THEN
        RAISE EXCEPTION 'visit % is in the register and never changes', OLD.id;
    END IF;
    IF OLD.is_protected AND NOT NEW.is_protected THEN
        RAISE EXCEPTION 'visit % stays protected', OLD.id;
    END IF;
    IF NEW.is_protected AND EXISTS (SELECT 1 FROM complaints_visitor WHERE visit_id = NEW.id) THEN
        RAISE EXCEPTION 'the people of protected visit % stand in a seal', NEW.id;
    END IF;
    RETURN NEW;
"""
# A year that was closed takes no more entries.
REGISTER_OPEN = """
    IF EXISTS (
        SELECT 1 FROM complaints_registerclosing WHERE agency_id = NEW.agency_id AND year = NEW.year
    ) THEN
        RAISE EXCEPTION 'the register of visits of % is closed', NEW.year;
    END IF;
    RETURN NEW;
"""
# People and papers are written while the visit is at the desk; nobody stands on a protected one.
WHILE_AT_THE_DESK = """
    DECLARE
        at_desk complaints_visit%ROWTYPE;
    BEGIN
        SELECT * INTO at_desk FROM complaints_visit WHERE id = COALESCE(NEW.visit_id, OLD.visit_id);
        IF at_desk.state = 'closed' THEN
            RAISE EXCEPTION 'visit % is in the register and never changes', at_desk.id;
        END IF;
        IF at_desk.is_protected AND TG_OP <> 'DELETE' AND TG_TABLE_NAME = 'complaints_visitor' THEN
            RAISE EXCEPTION 'the people of protected visit % stand in a seal', at_desk.id;
        END IF;
        RETURN COALESCE(NEW, OLD);
    END;
"""

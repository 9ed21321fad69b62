"""The text of an event that its link of the chain is computed from."""

from django.db import migrations

# One JSON array per event: its elements cannot run into each other, and PostgreSQL writes jsonb in one way only.
# The moment is a number of microseconds, so the text does not depend on anybody's time zone setting.
CREATE = """
    CREATE FUNCTION audit_event_text(event_id bigint) RETURNS text LANGUAGE sql STABLE STRICT AS $$
        SELECT jsonb_build_array(
            id, (extract(epoch FROM at) * 1000000)::bigint, action, user_id, agency_id, person, address,
            subject_type, subject_id, details
        )::text
        FROM audit_auditevent WHERE id = event_id
    $$
"""
DROP = "DROP FUNCTION audit_event_text(bigint)"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]

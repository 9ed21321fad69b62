"""Within what time inquiries are passed on and answered: dated rows, to be followed by later ones."""

from datetime import date

from django.db import migrations

# Decree 20/2008/NĐ-CP on reports and suggestions about administrative regulations, in force from that day.
# Only secondary sources give its days: whoever has the decree at hand adds a row, and changes none.
IN_FORCE = date(2008, 3, 4)
BASIS = "Nghị định 20/2008/NĐ-CP"
KINDS = ("question", "report", "suggestion")
# Task and working days from the day of receipt.
TERMS = (("assign", 5), ("answer", 15))


def load_terms(apps, _schema_editor=None):
    """Also called by tests after they have emptied the tables."""
    term = apps.get_model("portal", "InquiryTerm")
    term.objects.bulk_create(
        term(kind=kind, task=task, amount=amount, unit="working_days", valid_from=IN_FORCE, basis=BASIS)
        for kind in KINDS
        for task, amount in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunPython(load_terms, migrations.RunPython.noop)]

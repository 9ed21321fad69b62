"""What the module cannot work without: the law's terms, each with its source, followed by later rows."""

from datetime import date

from django.db import migrations

COMPLAINTS_LAW, COMPLAINTS = date(2012, 7, 1), "Luật Khiếu nại 02/2011/QH13"
DENUNCIATIONS_LAW, DENUNCIATIONS = date(2019, 1, 1), "Luật Tố cáo 25/2018/QH14"
RECEPTION_LAW, RECEPTION = date(2014, 7, 1), "Luật Tiếp công dân 42/2013/QH13"
AMENDED_LAW, AMENDED = date(2026, 7, 1), "Luật 136/2025/QH15"
PROCESSING = "Thông tư 05/2021/TT-TTCP"
DAYS, WORKING, MONTHS = "calendar_days", "working_days", "months"
EASY, HARD = "normal", "complex"
VERIFIED, UNVERIFIED = True, False
# Key, complexity (empty: any), remote (None: either), amount, unit, times, first day, source, whether read in
# the text.
TERMS = (
    ("letter.process", "", None, 10, WORKING, 1, COMPLAINTS_LAW, PROCESSING, VERIFIED),
    ("complaint.accept", "", None, 10, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.first", EASY, False, 30, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.first", HARD, False, 45, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.first", EASY, True, 45, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.first", HARD, True, 60, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.second", EASY, False, 45, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.second", HARD, False, 60, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.second", EASY, True, 60, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.second", HARD, True, 70, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("discipline", EASY, None, 30, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("discipline", HARD, None, 45, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("complaint.limit", "", None, 90, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("complaint.second.file", "", False, 30, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("complaint.second.file", "", True, 45, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("complaint.effect", "", False, 30, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.effect", "", True, 45, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.publish", "", None, 15, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.send.first", "", None, 3, WORKING, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("complaint.send.second", "", None, 7, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, UNVERIFIED),
    ("posting.complaint", "", None, 15, DAYS, 1, COMPLAINTS_LAW, COMPLAINTS, VERIFIED),
    ("complaint.suspend", "", None, 0, DAYS, 1, AMENDED_LAW, AMENDED, UNVERIFIED),
    ("denunc.initial", EASY, None, 7, WORKING, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.initial", HARD, None, 10, WORKING, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.transfer", "", None, 5, WORKING, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.notify", "", None, 5, WORKING, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.settle", "", None, 30, DAYS, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.extend", HARD, None, 30, DAYS, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.extend", "especially", None, 30, DAYS, 2, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.send", "", None, 5, WORKING, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, UNVERIFIED),
    ("denunc.handle", "", None, 7, WORKING, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, UNVERIFIED),
    ("denunc.reply.sender", "", None, 20, DAYS, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.again", "", None, 20, DAYS, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, UNVERIFIED),
    ("posting.denunc", "", None, 15, DAYS, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, VERIFIED),
    ("denunc.suspend", "", None, 0, DAYS, 1, DENUNCIATIONS_LAW, DENUNCIATIONS, UNVERIFIED),
    ("suggestion.answer", "", None, 15, DAYS, 1, COMPLAINTS_LAW, PROCESSING, UNVERIFIED),
    ("reception.answer", "", None, 10, DAYS, 1, RECEPTION_LAW, RECEPTION, UNVERIFIED),
    ("filed.retention", "", None, 12, MONTHS, 1, COMPLAINTS_LAW, PROCESSING, VERIFIED),
)
# How many days the head receives: level, people's committee or not, days, in each, from, to, source, read.
DISTRICTS_END = date(2025, 7, 1)
QUOTAS = (
    ("province", True, 1, "month", RECEPTION_LAW, None, RECEPTION, UNVERIFIED),
    ("district", True, 2, "month", RECEPTION_LAW, DISTRICTS_END, RECEPTION, UNVERIFIED),
    ("commune", True, 1, "week", RECEPTION_LAW, AMENDED_LAW, RECEPTION, VERIFIED),
    ("commune", True, 2, "month", AMENDED_LAW, None, AMENDED, VERIFIED),
    ("province", False, 1, "month", RECEPTION_LAW, None, RECEPTION, UNVERIFIED),
    ("district", False, 2, "month", RECEPTION_LAW, DISTRICTS_END, RECEPTION, UNVERIFIED),
    ("commune", False, 1, "month", RECEPTION_LAW, None, RECEPTION, UNVERIFIED),
)
QUOTA_COLUMNS = (
    "level",
    "is_committee",
    "days",
    "unit",
    "valid_from",
    "valid_to",
    "source",
    "is_verified",
)
COLUMNS = (
    "key",
    "complexity",
    "is_remote",
    "amount",
    "unit",
    "times",
    "valid_from",
    "source",
    "is_verified",
)


def load_terms(apps, _schema_editor=None):
    """Also called by tests after they have emptied the tables."""
    term = apps.get_model("complaints", "Term")
    term.objects.bulk_create(term(**dict(zip(COLUMNS, row, strict=True))) for row in TERMS)


def load_quotas(apps, _schema_editor=None):
    """Also called by tests after they have emptied the tables."""
    quota = apps.get_model("complaints", "ReceptionQuota")
    quota.objects.bulk_create(quota(**dict(zip(QUOTA_COLUMNS, row, strict=True))) for row in QUOTAS)


# What letters are about, as the reports group them (domain: 2 and 12): code, heading, name; in their order.
FIELDS = (
    ("admin", None, "Hành chính"),
    ("admin.land", "admin", "Đất đai, nhà ở"),
    ("admin.resettlement", "admin", "Bồi thường, hỗ trợ, tái định cư"),
    ("admin.construction", "admin", "Xây dựng, trật tự đô thị"),
    ("admin.policy", "admin", "Chính sách, chế độ, người có công"),
    ("admin.environment", "admin", "Môi trường"),
    ("admin.staff", "admin", "Cán bộ, công chức, viên chức"),
    ("admin.education", "admin", "Giáo dục, y tế"),
    ("admin.finance", "admin", "Tài chính, thuế, đầu tư công"),
    ("admin.other", "admin", "Lĩnh vực hành chính khác"),
    ("justice", None, "Tư pháp"),
    ("justice.judgment", "justice", "Xét xử, thi hành án"),
    ("justice.criminal", "justice", "Điều tra, truy tố, giam giữ"),
    ("party", None, "Đảng, đoàn thể"),
    ("party.discipline", "party", "Kỷ luật đảng, phẩm chất cán bộ"),
    ("corruption", None, "Tham nhũng, tiêu cực"),
    ("corruption.bribery", "corruption", "Nhận hối lộ, nhũng nhiễu"),
    ("corruption.property", "corruption", "Tham ô, chiếm đoạt, gây thất thoát tài sản công"),
    ("other", None, "Lĩnh vực khác"),
)


def load_fields(apps, _schema_editor=None):
    """Also called by tests after they have emptied the tables."""
    field = apps.get_model("complaints", "ContentField")
    headings = {}
    for order, (code, heading, name) in enumerate(FIELDS):
        headings[code] = field.objects.create(
            code=code, name=name, parent=headings[heading] if heading else None, order=order
        )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]

    operations = [
        migrations.RunPython(load_terms, migrations.RunPython.noop),
        migrations.RunPython(load_quotas, migrations.RunPython.noop),
        migrations.RunPython(load_fields, migrations.RunPython.noop),
    ]

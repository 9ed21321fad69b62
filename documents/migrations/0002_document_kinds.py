"""The kinds of documents of Decree 30/2020 (Art. 7, Appendix III) with their codes in the edXML packet."""

from datetime import date

from django.db import migrations

IN_FORCE = date(2020, 3, 5)
# Code, name, abbreviation as printed, type in the packet. Công văn and thư công have no abbreviation; the
# code of a kind is ours and never printed.
ADMINISTRATIVE = (
    ("NQ", "Nghị quyết", "NQ", 1),
    ("QĐ", "Quyết định", "QĐ", 2),
    ("CT", "Chỉ thị", "CT", 3),
    ("QC", "Quy chế", "QC", 4),
    ("QyĐ", "Quy định", "QyĐ", 5),
    ("TC", "Thông cáo", "TC", 6),
    ("TB", "Thông báo", "TB", 7),
    ("HD", "Hướng dẫn", "HD", 8),
    ("CTr", "Chương trình", "CTr", 9),
    ("KH", "Kế hoạch", "KH", 10),
    ("PA", "Phương án", "PA", 11),
    ("ĐA", "Đề án", "ĐA", 12),
    ("DA", "Dự án", "DA", 13),
    ("BC", "Báo cáo", "BC", 14),
    ("BB", "Biên bản", "BB", 15),
    ("TTr", "Tờ trình", "TTr", 16),
    ("HĐ", "Hợp đồng", "HĐ", 17),
    ("CV", "Công văn", "", 18),
    ("CĐ", "Công điện", "CĐ", 19),
    ("BGN", "Bản ghi nhớ", "BGN", 20),
    ("BTT", "Bản thỏa thuận", "BTT", 22),
    ("GUQ", "Giấy ủy quyền", "GUQ", 24),
    ("GM", "Giấy mời", "GM", 25),
    ("GGT", "Giấy giới thiệu", "GGT", 26),
    ("GNP", "Giấy nghỉ phép", "GNP", 27),
    ("PG", "Phiếu gửi", "PG", 30),
    ("PC", "Phiếu chuyển", "PC", 31),
    ("PB", "Phiếu báo", "PB", None),
    ("ThC", "Thư công", "", 32),
)
COPIES = (
    ("SY", "Bản sao y", "SY", None),
    ("TrS", "Bản trích sao", "TrS", None),
    ("SL", "Bản sao lục", "SL", None),
)


def load_kinds(apps, _schema_editor=None):
    """Also called by tests after they have emptied the tables."""
    kind = apps.get_model("documents", "DocumentKind")
    rows = [("administrative", *row) for row in ADMINISTRATIVE] + [("copy", *row) for row in COPIES]
    kind.objects.bulk_create(
        kind(
            code=code,
            name=name,
            abbreviation=abbreviation,
            classification=classification,
            packet_type=packet_type,
            ordinal=ordinal,
            valid_from=IN_FORCE,
        )
        for ordinal, (classification, code, name, abbreviation, packet_type) in enumerate(rows, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(load_kinds, migrations.RunPython.noop)]

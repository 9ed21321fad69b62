"""The standard forms of Circular 01/2018/TT-VPCP and of Circular 03/2025/TT-VPCP with their first days."""

from datetime import date

from django.db import migrations

# (kind, number, title, notation, paper); the first circular has no numbered notice of stopping.
OF_2018 = [
    ("receipt", "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "TNHS", "a5"),
    ("supplement", "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "BSHS", "a5"),
    ("refusal", "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "TCHS", "a5"),
    ("apology", "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "XLHS", "a5"),
    ("control", "05", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "KSHS", "a5"),
    ("register", "06", "Sổ theo dõi hồ sơ", "STD", "a4"),
    ("stop", "", "Thông báo dừng giải quyết hồ sơ", "DHS", "a5"),
]
OF_2025 = [
    ("receipt", "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "TNHS", "a5"),
    ("supplement", "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "BSHS", "a5"),
    ("refusal", "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "TCHS", "a5"),
    ("apology", "04", "Văn bản xin lỗi và đề nghị gia hạn thời gian trả kết quả", "XLHS", "a5"),
    ("stop", "05", "Thông báo dừng giải quyết hồ sơ", "DHS", "a5"),
    ("control", "06", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "KSHS", "a5"),
    ("register", "07", "Sổ theo dõi hồ sơ", "STD", "a4"),
]
SETS = [
    ("tt01-2018", "Thông tư số 01/2018/TT-VPCP", date(2019, 1, 6), OF_2018),
    ("tt03-2025", "Thông tư số 03/2025/TT-VPCP", date(2025, 9, 15), OF_2025),
]


def write(apps, schema_editor):
    FormSet = apps.get_model("onestop", "FormSet")
    StandardForm = apps.get_model("onestop", "StandardForm")
    for code, name, effective_from, forms in SETS:
        form_set = FormSet.objects.create(code=code, name=name, effective_from=effective_from)
        StandardForm.objects.bulk_create(
            StandardForm(
                form_set=form_set, kind=kind, number=number, title=title, notation=notation, paper=paper
            )
            for kind, number, title, notation, paper in forms
        )


def erase(apps, schema_editor):
    apps.get_model("onestop", "StandardForm").objects.all().delete()
    apps.get_model("onestop", "FormSet").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("onestop", "0001_initial")]
    operations = [migrations.RunPython(write, erase)]

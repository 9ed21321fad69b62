import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import egov.search.index
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('organizations', '0003_counter_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Citizen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('personal_number', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{12}$')], verbose_name='số định danh cá nhân')),
                ('name', models.CharField(max_length=200, verbose_name='họ và tên')),
                ('level', models.PositiveSmallIntegerField(verbose_name='mức độ định danh')),
                ('residence', models.CharField(blank=True, max_length=300, verbose_name='nơi cư trú')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                ('email_confirmed_at', models.DateTimeField(null=True, verbose_name='xác nhận thư lúc')),
                ('phone', models.CharField(blank=True, max_length=15, verbose_name='điện thoại')),
                ('phone_confirmed_at', models.DateTimeField(null=True, verbose_name='xác nhận điện thoại lúc')),
                ('by_email', models.BooleanField(default=False, verbose_name='nhận tin qua thư điện tử')),
                ('by_sms', models.BooleanField(default=False, verbose_name='nhận tin qua tin nhắn')),
                ('language', models.CharField(default='vi', max_length=2, verbose_name='ngôn ngữ')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='lần đầu đăng nhập')),
                ('signed_in_at', models.DateTimeField(verbose_name='đăng nhập gần nhất')),
            ],
            options={
                'verbose_name': 'công dân',
                'verbose_name_plural': 'công dân',
                'ordering': ('name', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('personal_number__regex', '^[0-9]{12}$')), name='citizen_twelve_digits'), models.CheckConstraint(condition=models.Q(('level__gte', 1)), name='citizen_proved'), models.CheckConstraint(condition=models.Q(('by_email', False), ('email_confirmed_at__isnull', False), _connector='OR'), name='citizen_email_confirmed'), models.CheckConstraint(condition=models.Q(('by_sms', False), ('phone_confirmed_at__isnull', False), _connector='OR'), name='citizen_phone_confirmed')],
            },
        ),
        migrations.CreateModel(
            name='Findable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('life_event', 'Sự kiện'), ('procedure', 'Thủ tục hành chính'), ('agency', 'Cơ quan'), ('legal_document', 'Văn bản pháp luật'), ('question', 'Hỏi đáp'), ('guidance', 'Hướng dẫn'), ('news', 'Tin tức'), ('page', 'Trang giới thiệu')], max_length=20, verbose_name='loại')),
                ('key', models.CharField(max_length=100, verbose_name='khóa')),
                ('language', models.CharField(blank=True, max_length=5, verbose_name='ngôn ngữ')),
                ('title', models.CharField(max_length=500, verbose_name='tiêu đề')),
                ('summary', models.CharField(blank=True, max_length=500, verbose_name='tóm tắt')),
                ('text', models.TextField(blank=True, verbose_name='nội dung tìm kiếm')),
                ('url', models.CharField(max_length=500, verbose_name='địa chỉ')),
                ('visible_from', models.DateTimeField(blank=True, null=True, verbose_name='hiển thị từ')),
                ('visible_until', models.DateTimeField(blank=True, null=True, verbose_name='hiển thị đến')),
                ('title_words', models.GeneratedField(db_persist=True, expression=egov.search.index.Words('title'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('all_words', models.GeneratedField(db_persist=True, expression=egov.search.index.Words('title', 'summary', 'text'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('folded_title', models.GeneratedField(db_persist=True, expression=models.Func('title', function='vi_fold'), output_field=models.CharField(max_length=500))),
                ('title_length', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Length('title'), output_field=models.IntegerField())),
            ],
            options={
                'ordering': ('kind', 'title'),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['title_words'], name='findable_title_words'), django.contrib.postgres.indexes.GinIndex(fields=['all_words'], name='findable_all_words'), models.Index(fields=['title_length'], name='findable_title_length'), models.Index(fields=['folded_title'], name='findable_folded_title', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'language'), name='findable_once')],
            },
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'Câu hỏi'), ('report', 'Phản ánh'), ('suggestion', 'Kiến nghị')], max_length=10, verbose_name='loại')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='mã')),
                ('secret', models.CharField(max_length=12, verbose_name='mã tra cứu')),
                ('subject', models.CharField(max_length=200, verbose_name='tiêu đề')),
                ('text', models.TextField(max_length=5000, verbose_name='nội dung')),
                ('procedure_code', models.CharField(blank=True, max_length=40, verbose_name='mã thủ tục')),
                ('author_name', models.CharField(max_length=100, verbose_name='họ và tên')),
                ('author_email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                ('author_phone', models.CharField(blank=True, max_length=20, verbose_name='điện thoại')),
                ('may_publish', models.BooleanField(default=False, verbose_name='đồng ý công khai')),
                ('names_wrongdoing', models.BooleanField(default=False, verbose_name='nói về vi phạm của cán bộ')),
                ('state', models.CharField(choices=[('received', 'Đã tiếp nhận'), ('assigned', 'Đang trả lời'), ('answered', 'Đã trả lời'), ('proposed', 'Chờ duyệt công khai'), ('published', 'Đã công khai'), ('withdrawn', 'Đã gỡ'), ('closed', 'Không xử lý')], default='received', max_length=10, verbose_name='trạng thái')),
                ('received_at', models.DateTimeField(verbose_name='nhận lúc')),
                ('assign_by', models.DateTimeField(verbose_name='phải chuyển trước')),
                ('due_at', models.DateTimeField(verbose_name='hạn trả lời')),
                ('coordinator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency', verbose_name='cơ quan đầu mối')),
                ('answering_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency', verbose_name='cơ quan trả lời')),
                ('answer', models.TextField(blank=True, max_length=5000, verbose_name='nội dung trả lời')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='trả lời lúc')),
                ('public_subject', models.CharField(blank=True, max_length=200, verbose_name='tiêu đề công khai')),
                ('public_text', models.TextField(blank=True, max_length=5000, verbose_name='nội dung công khai')),
                ('public_answer', models.TextField(blank=True, max_length=5000, verbose_name='trả lời công khai')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.membership')),
            ],
            options={
                'ordering': ('-received_at', '-id'),
                'indexes': [models.Index(fields=['coordinator', 'state', 'due_at'], name='inquiry_sorting'), models.Index(fields=['answering_agency', 'state', 'due_at'], name='inquiry_answering')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='inquiry_answer_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'published']), _negated=True), models.Q(('may_publish', True), ('names_wrongdoing', False)), _connector='OR'), name='inquiry_public_by_consent')],
            },
        ),
        migrations.CreateModel(
            name='InquiryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'Câu hỏi'), ('report', 'Phản ánh'), ('suggestion', 'Kiến nghị')], max_length=10, verbose_name='loại')),
                ('task', models.CharField(choices=[('assign', 'Chuyển cơ quan trả lời'), ('answer', 'Trả lời')], max_length=10, verbose_name='việc')),
                ('amount', models.PositiveSmallIntegerField(verbose_name='số')),
                ('unit', models.CharField(choices=[('working_days', 'ngày làm việc'), ('calendar_days', 'ngày'), ('hours', 'giờ'), ('months', 'tháng')], max_length=15, verbose_name='đơn vị')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ')),
            ],
            options={
                'ordering': ('kind', 'task', '-valid_from'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'task', 'valid_from'), name='inquiry_term_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='inquiry_term_takes_time')],
            },
        ),
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('word', models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name='từ')),
                ('remains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None, verbose_name='phần còn lại')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['remains'], name='known_word_remains')],
            },
        ),
        migrations.CreateModel(
            name='CitizenSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='portal.citizen')),
                ('key_sha256', models.CharField(max_length=64, unique=True, verbose_name='mã băm của khóa')),
                ('id_token', models.TextField(blank=True, verbose_name='chứng nhận đăng nhập')),
                ('network_address', models.CharField(blank=True, max_length=45, verbose_name='địa chỉ mạng')),
                ('started_at', models.DateTimeField(verbose_name='đăng nhập lúc')),
                ('seen_at', models.DateTimeField(verbose_name='dùng lần cuối lúc')),
            ],
            options={
                'ordering': ('-seen_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ContactCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_codes', to='portal.citizen')),
                ('channel', models.CharField(choices=[('email', 'Thư điện tử'), ('sms', 'Tin nhắn')], max_length=10, verbose_name='kênh')),
                ('contact', models.CharField(max_length=254, verbose_name='địa chỉ')),
                ('nonce', models.CharField(max_length=43, verbose_name='số ngẫu nhiên')),
                ('asked_at', models.DateTimeField(verbose_name='yêu cầu lúc')),
                ('expires_at', models.DateTimeField(verbose_name='có giá trị đến')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='số lần nhập')),
                ('used_at', models.DateTimeField(null=True, verbose_name='xác nhận lúc')),
            ],
            options={
                'ordering': ('-asked_at', '-id'),
                'indexes': [models.Index(fields=['citizen', 'asked_at'], name='contact_code_of_citizen')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='portal.citizen')),
                ('procedure_code', models.CharField(max_length=60, verbose_name='mã thủ tục')),
                ('procedure_name', models.CharField(max_length=500, verbose_name='thủ tục')),
                ('version', models.PositiveSmallIntegerField(verbose_name='phiên bản thủ tục')),
                ('case_name', models.CharField(blank=True, max_length=300, verbose_name='trường hợp')),
                ('typed', models.JSONField(default=dict, verbose_name='nội dung đã ghi')),
                ('begun_at', models.DateTimeField(verbose_name='bắt đầu lúc')),
                ('saved_at', models.DateTimeField(verbose_name='lưu lúc')),
                ('expires_at', models.DateTimeField(verbose_name='giữ đến')),
                ('warned_at', models.DateTimeField(null=True, verbose_name='đã báo sắp hết hạn lúc')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='nộp lúc')),
            ],
            options={
                'verbose_name': 'hồ sơ đang soạn',
                'verbose_name_plural': 'hồ sơ đang soạn',
                'ordering': ('-saved_at', 'id'),
                'indexes': [models.Index(condition=models.Q(('submitted_at__isnull', True)), fields=['expires_at'], name='draft_expiring')],
            },
        ),
        migrations.CreateModel(
            name='InquiryChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(blank=True, max_length=20, verbose_name='từ trạng thái')),
                ('after', models.CharField(max_length=20, verbose_name='sang trạng thái')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('user_id', models.BigIntegerField(null=True, verbose_name='người thực hiện')),
                ('person', models.CharField(blank=True, max_length=300, verbose_name='họ tên, chức vụ')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='portal.inquiry')),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InquiryPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='portal.inquiry')),
                ('kind', models.CharField(choices=[('question', 'Câu hỏi'), ('report', 'Phản ánh'), ('suggestion', 'Kiến nghị')], max_length=10, verbose_name='loại')),
                ('subject', models.CharField(max_length=200, verbose_name='tiêu đề')),
                ('text', models.TextField(max_length=5000, verbose_name='nội dung')),
                ('answer', models.TextField(max_length=5000, verbose_name='trả lời')),
                ('answered_by', models.CharField(max_length=300, verbose_name='cơ quan trả lời')),
                ('asked_on', models.DateField(verbose_name='ngày hỏi')),
                ('answered_on', models.DateField(verbose_name='ngày trả lời')),
                ('published_at', models.DateTimeField(verbose_name='công khai lúc')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.membership')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.membership')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='gỡ lúc')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.membership')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do gỡ')),
            ],
            options={
                'ordering': ('-published_at', '-id'),
                'indexes': [models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['kind', '-published_at'], name='inquiry_public')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('inquiry',), name='inquiry_published_once'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='inquiry_withdrawn_with_reason'), models.CheckConstraint(condition=models.Q(('published_by', models.F('proposed_by')), _negated=True), name='inquiry_four_eyes')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='portal.citizen')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.agency')),
                ('channel', models.CharField(choices=[('email', 'Thư điện tử'), ('sms', 'Tin nhắn')], max_length=10, verbose_name='kênh')),
                ('event', models.CharField(max_length=40, verbose_name='sự kiện')),
                ('subject_code', models.CharField(max_length=40, verbose_name='mã hồ sơ')),
                ('subject_name', models.CharField(max_length=500, verbose_name='thủ tục')),
                ('facts', models.JSONField(default=dict, verbose_name='ngày, giờ')),
                ('key', models.CharField(max_length=160, unique=True, verbose_name='khóa chống trùng')),
                ('sending', models.CharField(choices=[('waiting', 'Đang chờ gửi'), ('sent', 'Đã gửi'), ('failed', 'Không gửi được'), ('dropped', 'Người nhận đã thôi nhận tin')], default='waiting', max_length=10, verbose_name='gửi')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='số lần gửi')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='lỗi gần nhất')),
                ('made_at', models.DateTimeField(verbose_name='lập lúc')),
                ('next_try_at', models.DateTimeField(verbose_name='gửi lại sau')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='gửi lúc')),
            ],
            options={
                'verbose_name': 'tin báo',
                'verbose_name_plural': 'tin báo',
                'ordering': ('-made_at', '-id'),
                'indexes': [models.Index(fields=['agency', '-made_at'], name='notice_of_agency'), models.Index(condition=models.Q(('sending', 'waiting')), fields=['next_try_at'], name='notice_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sending', 'sent'), ('sent_at__isnull', False)), models.Q(models.Q(('sending', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='notice_sent_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='FilingReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='portal.draft')),
                ('number', models.CharField(max_length=60, verbose_name='số hồ sơ nộp trực tuyến')),
                ('secret', models.CharField(max_length=16, verbose_name='mã tra cứu')),
                ('filed_at', models.DateTimeField(verbose_name='nộp lúc')),
                ('pay_first', models.PositiveIntegerField(default=0, verbose_name='nộp trước (đồng)')),
                ('content', models.JSONField(verbose_name='nội dung')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='ký lúc')),
            ],
            options={
                'verbose_name': 'giấy xác nhận nộp hồ sơ',
                'verbose_name_plural': 'giấy xác nhận nộp hồ sơ',
                'ordering': ('-filed_at', '-id'),
                'indexes': [models.Index(condition=models.Q(('file', None)), fields=['id'], name='filing_receipt_unsigned')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', None), ('signed_at', None)), models.Q(('file__isnull', False), ('signed_at__isnull', False)), _connector='OR'), name='filing_receipt_signed_with_file')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='portal.draft')),
                ('paper', models.CharField(max_length=20, verbose_name='giấy tờ')),
                ('paper_name', models.TextField(blank=True, verbose_name='tên giấy tờ')),
                ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                ('size', models.PositiveBigIntegerField(verbose_name='số byte')),
                ('received', models.PositiveBigIntegerField(default=0, verbose_name='đã nhận (byte)')),
                ('announced_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('refusal', models.TextField(blank=True, verbose_name='lý do không nhận')),
                ('begun_at', models.DateTimeField(verbose_name='bắt đầu lúc')),
                ('expires_at', models.DateTimeField(verbose_name='giữ phần đã nhận đến')),
            ],
            options={
                'verbose_name': 'tệp tải lên',
                'verbose_name_plural': 'tệp tải lên',
                'ordering': ('begun_at', 'id'),
                'indexes': [models.Index(condition=models.Q(('file', None), ('refusal', '')), fields=['expires_at'], name='upload_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('received', models.F('size')), ('refusal', '')), models.Q(('file__isnull', True), ('received__lt', models.F('size'))), _connector='OR'), name='upload_whole_is_kept')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filingreceipt',
            trigger=pgtrigger.compiler.Trigger(name='words_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "number", "secret", "filed_at", "content" rows from % table\', TG_TABLE_NAME;', hash='ac2218f587f746214cb277251f878a147c8aa352', operation='UPDATE OF "number", "secret", "filed_at", "content"', pgid='pgtrigger_words_stay_8f4e7', table='portal_filingreceipt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1325315dbe7c5ec7ba69da3bf025dfe8446963d4', operation='DELETE', pgid='pgtrigger_kept_9d74b', table='portal_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquiry',
            trigger=pgtrigger.compiler.Trigger(name='words_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."secret" IS DISTINCT FROM (NEW."secret") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."author_name" IS DISTINCT FROM (NEW."author_name") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8133a96bb5b9d8079ed7e45fbacc272cd77d2461', operation='UPDATE', pgid='pgtrigger_words_stay_c3e1b', table='portal_inquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirychange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='075ac4b442e6b7b290e5407e19369342013862da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2eed5', table='portal_inquirychange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirypublication',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5f0de8f6df0d9d7a6d216cf31374fb95c92df8b5', operation='DELETE', pgid='pgtrigger_kept_545b6', table='portal_inquirypublication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirypublication',
            trigger=pgtrigger.compiler.Trigger(name='copy_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."inquiry_id" IS DISTINCT FROM (NEW."inquiry_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_by" IS DISTINCT FROM (NEW."answered_by") OR OLD."asked_on" IS DISTINCT FROM (NEW."asked_on") OR OLD."answered_on" IS DISTINCT FROM (NEW."answered_on") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cd92d63b7f887f12779dcf4a7030318287b68504', operation='UPDATE', pgid='pgtrigger_copy_stays_30aba', table='portal_inquirypublication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inquirypublication',
            trigger=pgtrigger.compiler.Trigger(name='withdrawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ad94f7c0178e69417cb39ed0398752953793719c', operation='UPDATE', pgid='pgtrigger_withdrawn_once_7d072', table='portal_inquirypublication', when='BEFORE')),
        ),
    ]

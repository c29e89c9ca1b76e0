import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswersPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('body_en', wagtail.fields.RichTextField(blank=True, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'page “Published replies”',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('body_en', wagtail.fields.RichTextField(blank=True, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'content page',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='FilePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('body_en', wagtail.fields.RichTextField(blank=True, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'page “Tell us”',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('body_en', wagtail.fields.RichTextField(blank=True, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'front page',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='MailboxPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('body_en', wagtail.fields.RichTextField(blank=True, verbose_name='text in English')),
                ('channel', models.CharField(choices=[('mayor', "Mayor's mailbox"), ('magistrate', "Magistrate's mailbox")], max_length=12, unique=True, verbose_name='mailbox')),
                ('addressee', models.CharField(max_length=40, verbose_name='addressee')),
                ('addressee_en', models.CharField(blank=True, max_length=60, verbose_name='addressee in English')),
            ],
            options={
                'verbose_name': 'mailbox page',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='ProgressPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('body_en', wagtail.fields.RichTextField(blank=True, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'page “Follow up”',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('fields_sealed', models.TextField()),
                ('updated_at', models.DateTimeField(verbose_name='saved at')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=43, unique=True)),
                ('channel', models.CharField(max_length=12)),
                ('fields_sealed', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='FilingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(upload_to='attachments/%Y/%m/')),
                ('filing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='hotline.filing')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('drafted', 'Waiting for the second person'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='drafted', max_length=10)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('letter', models.TextField(verbose_name='letter')),
                ('reply', models.TextField(verbose_name='reply')),
                ('unit_name', models.CharField(max_length=80)),
                ('channel', models.CharField(max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField()),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('drafted_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(db_index=True, null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='cases.case')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('case',), name='publication_current_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('checked_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='publication_second_person')],
            },
        ),
        migrations.CreateModel(
            name='TaskDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.assignment')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assignment', 'user'), name='task_draft_once')],
            },
        ),
    ]

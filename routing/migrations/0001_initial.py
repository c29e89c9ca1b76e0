import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField(unique=True, verbose_name='order')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('category_code', models.CharField(blank=True, max_length=12, verbose_name='category begins with')),
                ('region_code', models.CharField(blank=True, max_length=12, verbose_name='place begins with')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='any of these words')),
                ('channel', models.CharField(blank=True, choices=[('phone', 'Phone'), ('web', 'Website'), ('mayor', "Mayor's mailbox"), ('magistrate', "Magistrate's mailbox"), ('sms', 'Text message'), ('email', 'E-mail'), ('letter', 'Paper letter'), ('visit', 'Visit'), ('province', "Province's platform"), ('city', "City's platform")], max_length=12, verbose_name='channel')),
                ('urgency', models.CharField(blank=True, choices=[('normal', 'Normal'), ('urgent', 'Urgent'), ('critical', 'Critical')], max_length=10, verbose_name='urgency')),
                ('demand_type', models.CharField(blank=True, choices=[('consult', 'Enquiry'), ('help', 'Request for help'), ('complaint', 'Complaint'), ('report', 'Report of wrongdoing'), ('suggestion', 'Suggestion'), ('praise', 'Praise')], max_length=12, verbose_name='type')),
                ('hours', models.CharField(blank=True, help_text='For example 20:00-06:00.', max_length=11, verbose_name='hours of the day')),
                ('lead', models.CharField(help_text='Unit code, or @town.', max_length=40, verbose_name='lead unit')),
                ('assisting', models.CharField(blank=True, max_length=200, verbose_name='assisting units')),
                ('sentence', models.CharField(max_length=200, verbose_name='reason shown')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
            ],
            options={
                'verbose_name': 'dispatch rule',
                'verbose_name_plural': 'dispatch rules',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CatalogueEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=16, unique=True, verbose_name='number')),
                ('matter', models.CharField(max_length=80, verbose_name='matter')),
                ('keywords', models.CharField(blank=True, max_length=300, verbose_name='words, separated by spaces')),
                ('lead', models.CharField(help_text='Unit code, or @town for the township of the place.', max_length=40, verbose_name='lead unit')),
                ('assisting', models.CharField(blank=True, max_length=200, verbose_name='assisting units')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='legal basis')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.category', verbose_name='category')),
                ('precedent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='case that set it')),
            ],
            options={
                'verbose_name': 'catalogue entry',
                'verbose_name_plural': 'dispatch catalogue',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='cases.region', verbose_name='place')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'territory',
                'verbose_name_plural': 'territories',
                'ordering': ['region__code'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField(verbose_name='dispatch no.')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('kind', models.CharField(choices=[('rule', 'Rule'), ('catalogue', 'Catalogue'), ('history', 'Earlier cases'), ('return', 'Suggested by the returning unit'), ('manual', 'By hand')], max_length=10, verbose_name='source')),
                ('sentence', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('confidence', models.FloatField(null=True, verbose_name='confidence')),
                ('at', models.DateTimeField(db_index=True, verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='cases.case')),
                ('chosen_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.unit')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='routing.catalogueentry')),
                ('suggested_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.unit')),
                ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='routing.rule')),
            ],
            options={
                'verbose_name': 'dispatch decision',
                'verbose_name_plural': 'dispatch decisions',
                'ordering': ['case_id', 'turn'],
                'constraints': [models.UniqueConstraint(fields=('case', 'turn'), name='decision_turn'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rule'), ('rule__isnull', False)), models.Q(models.Q(('kind', 'rule'), _negated=True), ('rule__isnull', True)), _connector='OR'), name='decision_rule_named')],
            },
        ),
    ]

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
            name='DissatisfactionReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('decision', models.CharField(choices=[('rework', 'Rework'), ('explained', 'Close with explanation')], max_length=10, verbose_name='decision')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissatisfaction_reviews', to='cases.case')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'review of dissatisfaction',
                'verbose_name_plural': 'reviews of dissatisfaction',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CallbackAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('number', models.PositiveSmallIntegerField(verbose_name='attempt')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('result', models.CharField(choices=[('reached', 'Reached'), ('no_answer', 'No answer'), ('busy', 'Busy'), ('refused', 'Does not want to answer'), ('wrong_number', 'Wrong number')], max_length=16, verbose_name='result')),
                ('contacted', models.BooleanField(null=True, verbose_name='contacted')),
                ('solved', models.BooleanField(null=True, verbose_name='solved')),
                ('satisfaction', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Fairly satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')], null=True, verbose_name='satisfaction')),
                ('attitude', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Fairly satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')], null=True, verbose_name='manner')),
                ('speed', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Fairly satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')], null=True, verbose_name='speed')),
                ('outcome', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Fairly satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')], null=True, verbose_name='result of handling')),
                ('reason', models.CharField(blank=True, choices=[('not_contacted', 'Nobody contacted me'), ('not_solved', 'The problem is still there'), ('untrue', 'The reply does not say what is so'), ('empty', 'The reply is too general'), ('slow', 'It took too long'), ('attitude', 'The manner was not good'), ('policy', 'I do not agree with the rule'), ('other', 'Another reason')], max_length=16, verbose_name='reason')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('next_try_at', models.DateTimeField(null=True, verbose_name='next attempt')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='callbacks', to='cases.case')),
            ],
            options={
                'verbose_name': 'call-back attempt',
                'verbose_name_plural': 'call-back attempts',
                'ordering': ['case_id', 'at', 'pk'],
                'indexes': [models.Index(fields=['by', 'at'], name='attempt_by_at')],
                'constraints': [models.UniqueConstraint(fields=('case', 'round', 'number'), name='attempt_once')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('rated', models.CharField(choices=[('handling', 'Handling'), ('call', 'Call')], default='handling', max_length=10, verbose_name='object')),
                ('score', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Fairly satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')], verbose_name='satisfaction')),
                ('contacted', models.BooleanField(null=True, verbose_name='contacted')),
                ('solved', models.BooleanField(null=True, verbose_name='solved')),
                ('reasons', models.JSONField(default=list, verbose_name='reasons')),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('channel', models.CharField(choices=[('phone', 'Call-back'), ('web', 'Website'), ('sms', 'Text message'), ('ivr', 'Phone keys')], max_length=6, verbose_name='channel')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('is_valid', models.BooleanField(default=True, verbose_name='counts')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='cases.case')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'rating',
                'verbose_name_plural': 'ratings',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('is_valid', True)), fields=['at'], name='evaluation_valid_at'), models.Index(fields=['unit', 'at'], name='evaluation_unit_at')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_valid', True)), fields=('case', 'round', 'rated'), name='evaluation_one_valid'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='evaluation_score_1_to_5')],
            },
        ),
    ]

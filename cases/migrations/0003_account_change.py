import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_phone_tail"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="history_head",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="user",
            name="history_length",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="AccountChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=8, verbose_name="act")),
                ("at", models.DateTimeField(db_index=True, verbose_name="at")),
                ("actor_kind", models.CharField(max_length=8)),
                ("actor_name", models.CharField(max_length=40, verbose_name="by")),
                ("changes", models.JSONField(default=dict)),
                ("hash", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an account",
                "verbose_name_plural": "changes of accounts",
                "ordering": ["account_id", "seq"],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "seq"), name="account_seq")
                ],
            },
        ),
    ]

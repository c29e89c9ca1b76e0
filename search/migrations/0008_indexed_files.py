import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_attachment_text"),
        ("search", "0007_subscriptions_know_by_bits"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedFile",
            fields=[
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="cases.attachment",
                    ),
                ),
                ("stamp", models.BigIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indexed_files",
                        to="cases.case",
                    ),
                ),
            ],
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_system_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttachmentText",
            fields=[
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="cases.attachment",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="file name")),
                ("text", models.TextField(blank=True)),
                ("is_cut", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=12)),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "text of an attachment",
                "verbose_name_plural": "texts of attachments",
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="text_state",
            field=models.CharField(
                choices=[
                    ("waiting", "Not read yet"),
                    ("read", "Text read"),
                    ("empty", "Without text"),
                    ("unreadable", "Cannot be read"),
                    ("too_large", "Too large to be read"),
                    ("no_text", "A picture"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("text_state", "waiting")),
                fields=["id"],
                name="attachment_not_read",
            ),
        ),
    ]

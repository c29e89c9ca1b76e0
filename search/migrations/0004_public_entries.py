from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_synonyms_and_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("key", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="PublicEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("key", models.BigIntegerField()),
                ("stamp", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("month", models.CharField(blank=True, max_length=7)),
                ("title", models.CharField(max_length=255)),
                ("channel", models.CharField(blank=True, max_length=12)),
                ("category", models.CharField(blank=True, max_length=12)),
                ("unit", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["-at", "-id"], name="public_entry_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="public_entry_once")
                ],
            },
        ),
    ]

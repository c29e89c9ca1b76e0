from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("satisfaction", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RolledMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField(unique=True)),
                ("changes", models.PositiveBigIntegerField(default=0)),
                ("counted", models.PositiveBigIntegerField(null=True)),
                ("declared", models.CharField(blank=True, max_length=16)),
                ("counted_at", models.DateTimeField(null=True)),
                ("good_until", models.DateTimeField(null=True)),
                ("whole", models.JSONField(default=dict)),
                ("groups", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["first"],
            },
        ),
    ]

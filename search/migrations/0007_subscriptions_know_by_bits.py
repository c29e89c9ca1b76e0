import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_saved_searches_and_exports"),
    ]

    operations = [
        migrations.DeleteModel(
            name="SeenMatch",
        ),
        migrations.RemoveField(
            model_name="subscription",
            name="known_from",
        ),
        migrations.AddField(
            model_name="subscription",
            name="failing_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="indexed",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subscription",
            name="is_delay_told",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="subscription",
            name="known",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="looked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="sight",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="indexedcase",
            name="indexed_at",
            field=models.DateTimeField(db_index=True),
        ),
    ]

from django.db import migrations, models

# The masks show these digits already; numbers shorter than eight show two only and have no tail.
FILL = """
UPDATE cases_petitioner SET phone_tail = substr(phone_mask, length(phone_mask) - 3)
 WHERE length(phone_mask) >= 8 AND substr(phone_mask, length(phone_mask) - 3) NOT LIKE '%-%'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="petitioner",
            name="phone_tail",
            field=models.CharField(blank=True, db_index=True, default="", max_length=4),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]

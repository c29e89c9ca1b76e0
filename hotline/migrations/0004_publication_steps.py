"""The state of a public copy moves by steps alone; no column changes."""

import django_fsm
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline", "0003_count_what_waits")]

    operations = [
        migrations.AlterModelOptions(
            name="publication",
            options={"ordering": ["-published_at", "-pk"], "verbose_name": "public copy"},
        ),
        migrations.AlterField(
            model_name="publication",
            name="state",
            field=django_fsm.FSMField(
                choices=[
                    ("drafted", "Waiting for the second person"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="drafted",
                max_length=10,
                protected=True,
                verbose_name="state",
            ),
        ),
    ]

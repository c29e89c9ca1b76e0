"""Acts on the system have a state. Those of before are over when they have an end."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

OVER = "UPDATE cases_systemact SET state = 'over' WHERE finished_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_several_respondents")]

    operations = [
        migrations.AlterModelOptions(
            name="systemact",
            options={"ordering": ["-at", "-pk"], "verbose_name": "act on the system"},
        ),
        migrations.AddField(
            model_name="systemact",
            name="state",
            field=django_fsm.FSMField(
                choices=[("under_way", "under way"), ("over", "over")],
                default="under_way",
                max_length=12,
                protected=True,
                verbose_name="state",
            ),
        ),
        migrations.RunSQL(OVER, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="event",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="systemrecord",
            name="actor_name",
            field=models.CharField(max_length=40, verbose_name="by"),
        ),
    ]

"""Which reasons make a matter void stands on the reason; what offices had so far is marked by its code."""

from django.db import migrations, models


def mark(apps, _editor):
    """Nuisance and advertising, by the codes in use."""
    reasons = apps.get_model("cases", "Reason").objects.filter(kind="reject")
    reasons.filter(code__in=["malicious", "advertising", "commercial"]).update(makes_void=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_act_state")]

    operations = [
        migrations.AddField(
            model_name="reason",
            name="makes_void",
            field=models.BooleanField(
                default=False,
                help_text="Nuisance or advertising: what is refused for it counts in no figure.",
                verbose_name="no matter at all",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]

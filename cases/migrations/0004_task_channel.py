from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_account_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="channel",
            field=models.CharField(
                choices=[
                    ("phone", "Phone"),
                    ("web", "Website"),
                    ("mayor", "Mayor's mailbox"),
                    ("magistrate", "Magistrate's mailbox"),
                    ("sms", "Text message"),
                    ("email", "E-mail"),
                    ("letter", "Paper letter"),
                    ("visit", "Visit"),
                    ("province", "Province's platform"),
                    ("city", "City's platform"),
                ],
                default="",
                max_length=12,
                verbose_name="channel",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE cases_assignment SET channel ="
            " (SELECT channel FROM cases_case WHERE cases_case.id = cases_assignment.case_id)",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel", ""), _negated=True), name="task_has_channel"
            ),
        ),
    ]

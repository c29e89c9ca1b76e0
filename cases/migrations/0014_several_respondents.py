"""Respondents become rows. What stood in the case's column is carried over by the database alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CARRY_OVER = """
INSERT INTO cases_respondent (case_id, unit_id, is_accused, named_by_id, named_at)
SELECT id, respondent_unit_id, TRUE,
    COALESCE((
        SELECT actor_id FROM cases_event
        WHERE case_id = cases_case.id AND kind = 'respondent_named' ORDER BY seq DESC LIMIT 1
    ), registered_by_id),
    COALESCE((
        SELECT at FROM cases_event
        WHERE case_id = cases_case.id AND kind = 'respondent_named' ORDER BY seq DESC LIMIT 1
    ), registered_at)
FROM cases_case WHERE respondent_unit_id IS NOT NULL
"""
CARRY_BACK = """
UPDATE cases_case SET respondent_unit_id = (
    SELECT MIN(unit_id) FROM cases_respondent
    WHERE case_id = cases_case.id AND is_accused AND withdrawn_at IS NULL
)
WHERE id IN (SELECT case_id FROM cases_respondent)
"""
SETTLED = """
UPDATE cases_case SET respondent_state = 'unit'
WHERE respondent_unit_id IS NOT NULL AND respondent_state <> 'unit'
"""


class Migration(migrations.Migration):
    """Create, carry over, drop the column."""

    dependencies = [("cases", "0013_look")]

    operations = [
        migrations.CreateModel(
            name="Respondent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_accused", models.BooleanField(default=True)),
                ("named_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="respondents",
                        to="cases.case",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.unit",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "unit complained about",
                "verbose_name_plural": "units complained about",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("case", "unit"),
                        name="respondent_one_word_a_unit",
                    )
                ],
            },
        ),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
        migrations.RunSQL(CARRY_OVER, CARRY_BACK),
        migrations.RemoveField(model_name="case", name="respondent_unit"),
    ]

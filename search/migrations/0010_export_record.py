"""What happened to an export becomes a chained record; the lines of before are bound as they stand now."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cases.events.chain import GENESIS, link
from cases.privacy.keyring import CHAIN
from cases.privacy.keys import newest


def bind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number and hash the lines of each export, oldest first, and note the end on the export."""
    exports = apps.get_model("search", "ExportRequest").objects.using(
        schema_editor.connection.alias
    )
    lines = apps.get_model("search", "ExportStep").objects.using(schema_editor.connection.alias)
    for export in exports.order_by("pk").iterator():
        seq, head = 0, GENESIS
        for line in lines.filter(export=export).order_by("pk"):
            seq += 1
            line.seq, line.actor_kind = seq, "staff" if line.actor_id else "system"
            line.hash = head = link(newest(CHAIN).raw, head, _facts(line))
            line.save(update_fields=["seq", "actor_kind", "hash"])
        exports.filter(pk=export.pk).update(history_length=seq, history_head=head)


def _facts(line: models.Model) -> dict[str, object]:
    """As ``ExportStep.facts`` had them when this was written."""
    return {
        "seq": line.seq,
        "kind": line.kind,
        "at": int(line.at.timestamp() * 1_000_000),
        "actor": [line.actor_kind, line.actor_id, line.actor_name],
        "export": line.export_id,
        "note": line.note,
    }


class Migration(migrations.Migration):
    dependencies = [("search", "0009_file_text"), ("cases", "0015_act_state")]

    operations = [
        migrations.AddField(
            model_name="exportrequest",
            name="history_length",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="exportrequest",
            name="history_head",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="exportstep",
            name="seq",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exportstep",
            name="actor_kind",
            field=models.CharField(default="staff", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exportstep",
            name="hash",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="exportstep",
            name="kind",
            field=models.CharField(max_length=20, verbose_name="act"),
        ),
        migrations.RunPython(bind, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="exportstep",
            options={
                "ordering": ["export_id", "seq"],
                "verbose_name": "step of an export",
                "verbose_name_plural": "steps of an export",
            },
        ),
        migrations.AddConstraint(
            model_name="exportstep",
            constraint=models.UniqueConstraint(fields=["export", "seq"], name="export_step_seq"),
        ),
    ]

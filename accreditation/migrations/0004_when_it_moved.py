import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def from_decisions(apps, schema_editor):
    """When each came to its status; what has no decision, when it was saved last."""
    moves = apps.get_model("accreditation", "Decision").objects.filter(registration=OuterRef("pk"))
    last = moves.exclude(before=F("after")).order_by("-sequence").values("at")[:1]
    apps.get_model("accreditation", "Registration").objects.update(
        moved_at=Coalesce(Subquery(last), "declared_at", "saved_at")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0003_the_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="moved_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                help_text="When it came to its status: for the order of lists. What happened is told by its decisions.",
            ),
        ),
        migrations.RunPython(from_decisions, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["meeting", "status", "moved_at"], name="registration_by_moved"),
        ),
    ]

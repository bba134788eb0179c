import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import office.encryption.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("DecisionReason"),
        migrations.CreateModel(
            "DecisionReason",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", office.encryption.fields.EncryptedTextField()),
                ("salt", models.CharField(max_length=32)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reason",
                        to="accreditation.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "Opening",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="accreditation.registration",
                    ),
                ),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(given_names="", phone="", organization_name="", asks_protection=True),
                name="protected_person_is_sealed",
            ),
        ),
    ]

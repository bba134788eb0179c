"""How far the telling of a change of a meeting has come through those who are accredited to it."""

from django.db import models

from advisory.models import Edition
from office.privacy import declare


class ChangeTold(models.Model):
    """``accreditation.corrections`` moves ``cursor`` in the transaction that queues the letters."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="change_told")
    cursor = models.UUIDField(null=True, help_text="The last registration passed.")
    finished_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.edition_id)

    privacy = declare(plain="edition cursor finished_at")

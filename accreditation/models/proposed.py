"""What one officer wants decided on an application and a second officer has to approve."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accreditation import personal
from accreditation.models.registration import Registration
from office.encryption import EncryptedJSONField
from office.models import Proposal
from office.privacy import declare


class ProposedDecision(models.Model):
    """Beside an ``office`` Proposal: about whom it is, and its words, sealed: {"words": {…}, "note", "refusal"}.

    ``seen`` is the sequence of the last Decision when it was made: a newer one puts the proposal out of date.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="decision")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="proposed")
    seen = models.PositiveIntegerField()
    sealed = EncryptedJSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("proposed decision")
        verbose_name_plural = _("proposed decisions")

    def __str__(self):
        return str(self.id)

    @property
    def meeting(self):
        return self.registration.meeting

    privacy = declare(plain="id proposal registration seen", sealed=personal.LEDGER)

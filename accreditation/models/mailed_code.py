"""The one code that was last mailed to an applicant, kept as a digest until it is used, worn out or too old."""

from django.db import models
from django.utils import timezone

from accreditation import personal
from accreditation.models.registration import Registration
from office.privacy import declare


class MailedCode(models.Model):
    """``tries`` counts wrong and right ones alike; a code mailed anew takes the row of the one before."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="mailed_code"
    )
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self):
        return str(self.registration_id)

    privacy = declare(plain="registration made_at tries", digest=personal.CODE)

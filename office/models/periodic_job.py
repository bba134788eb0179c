"""When each periodic job last ran, so that several workers run it once."""

from django.db import models

from office.privacy import declare


class PeriodicJob(models.Model):
    name = models.CharField(max_length=80, unique=True)
    last_started_at = models.DateTimeField(null=True, blank=True)
    last_finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    privacy = declare(plain="name last_started_at last_finished_at last_error lease_until")

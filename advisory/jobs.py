"""What the worker does for the advisories in turn, and what it says when an address takes no mail."""

from datetime import timedelta

from advisory import dispatch, previewing, redaction, renditions, signatures, subscriptions
from office.worker import Job

PERIODIC = [
    Job("tell_subscribers", every=timedelta(seconds=15), run=dispatch.tell_of_editions),
    Job("send_digest", every=timedelta(minutes=5), run=dispatch.send_digest),
    Job("send_daily_alert", every=timedelta(minutes=5), run=dispatch.send_daily_alert),
    Job("forget_subscriptions", every=timedelta(hours=1), run=subscriptions.forget),
    Job("forget_previews", every=timedelta(hours=6), run=previewing.forget_old),
    Job("blank_rested_contacts", every=timedelta(hours=6), run=redaction.blank_rested),
    Job("sign_editions", every=timedelta(minutes=5), run=signatures.sign_unsigned),
    Job("drop_stale_renditions", every=timedelta(hours=6), run=renditions.drop_stale),
]

on_bounce = subscriptions.bounced

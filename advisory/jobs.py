"""What the worker does for the advisories in turn, and what it says when an address takes no mail."""

from datetime import timedelta
from importlib.util import find_spec

from advisory import dispatch, subscriptions
from office.worker import Job

PERIODIC = [
    Job("tell_subscribers", every=timedelta(seconds=15), run=dispatch.tell_of_editions),
    Job("send_digest", every=timedelta(minutes=5), run=dispatch.send_digest),
    Job("forget_subscriptions", every=timedelta(hours=1), run=subscriptions.forget),
]

if find_spec("advisory.alert"):
    PERIODIC.append(Job("send_daily_alert", every=timedelta(minutes=5), run=dispatch.send_daily_alert))

on_bounce = subscriptions.bounced

"""What an embargo that was set or moved means for what was published before; said after the meeting's form is saved."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from advisory import publishing
from advisory.admin.instants import told
from advisory.admin.publishing import Standing, zone_of


def moved(model_admin, request, meeting):
    """Withdraw what would be public too early, and tell the officer what waits and what is public already."""
    zone = zone_of(meeting)
    if early := publishing.hold_back(meeting):
        model_admin.log_change(request, meeting, f"Withdrew edition {early.number}, due before the embargo.")
        said = _(
            "Edition %(number)s was to become public on %(instant)s, before the embargo. It is withdrawn: "
            "nothing waits until you publish again."
        )
        messages.warning(request, said % {"number": early.number, "instant": told(early.visible_from, zone)})
    standing = Standing(meeting)
    if waiting := standing.waiting:
        said = _("Edition %(number)s waits for %(instant)s, and keeps that instant until it is published again.")
        messages.warning(request, said % {"number": waiting.number, "instant": told(waiting.visible_from, zone)})
    if standing.public and meeting.embargo_until and meeting.embargo_until > timezone.now():
        said = _("Edition %(number)s is public and stays public. The embargo holds back what is published from now on.")
        messages.warning(request, said % {"number": standing.public.number})

"""What advisories hold about people, for the ``privacy`` of each model."""

from django.utils.translation import gettext_lazy as _

from office.privacy import Rule

CONTACT = Rule(
    "C0",
    purpose=_("So that journalists can reach somebody who answers for the meeting"),
    retention=_("Public until the day named beside the contact; after that the press desk stands in"),
    readers=_("Everybody, once the advisory is published"),
)
PARTICIPANT = Rule(
    "C0",
    purpose=_("To announce who takes part in the meeting"),
    retention=_("As long as the advisory is public, unless the person is taken out of it"),
    readers=_("Everybody, once the advisory is published"),
)
# Text written freely, in which people may be named
ANNOUNCED = Rule(
    "C0",
    purpose=_("To announce the meeting"),
    retention=_("As long as the advisory is public"),
    readers=_("Everybody, once the advisory is published"),
)
CLEARED = Rule(
    "C2",
    purpose=_("To know who was let in on an embargoed text, and when they opened it"),
    retention=_(
        "A year after the meeting; where it has no day, a year after the reading and after the end of the link"
    ),
    readers=_("Press officers of the meeting"),
)
DRAFTED = Rule(
    "C1",
    purpose=_("To prepare the advisory"),
    retention=_("Until the advisory is published, or its draft deleted"),
    readers=_("Press officers of the meeting"),
)
FOLLOWING = Rule(
    "C2",
    purpose=_("To send the e-mails that were asked for"),
    retention=_("Until the subscription is ended, or seven days if the address is never proved"),
    readers=_("Press officers of every meeting"),
)
ENDED = Rule(
    "C2",
    purpose=_("To answer whoever asks whether the e-mails were ended, when and why"),
    retention=_("Thirty days after the end"),
    readers=_("Press officers of every meeting"),
)

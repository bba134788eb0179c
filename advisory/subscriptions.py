"""A subscription's life: asked for, proved, changed, ended, forgotten. Views, the worker and bounces call it.

A link in a mail is one of ``office.links``: nothing that opens it is stored.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from advisory import emails
from advisory.models import Subscription
from advisory.models.subscription import EndedWhy, Frequency, SubscriptionState
from office import links

PROVED_WITHIN = timedelta(days=7)
ENDED_KEPT = timedelta(days=30)
SOFT_BOUNCES, SOFT_BOUNCES_WITHIN = 3, timedelta(days=30)

MANAGE, UNSUBSCRIBE = "manage", "unsubscribe"


@transaction.atomic
def ask(*, email, choices, meetings=()):
    """Make a waiting row and queue the mail that proves the address.

    ``choices`` holds plain fields by name, and rows for ``bodies`` and ``topics``. A known address and an unknown one
    take the same steps: nothing here asks whether there is a subscription already.
    """
    subscription = Subscription.objects.create(email=tidy(email), **_plain(choices))
    _set_rows(subscription, choices)
    subscription.meetings.set(meetings)
    emails.queue_confirmation(subscription, link=address_of(subscription, MANAGE))
    return subscription


def tidy(email):
    """The domain in lower case; what stands before the @ is the mail server's own affair (RFC 5321, 2.4)."""
    local, _, domain = email.strip().rpartition("@")
    return f"{local}@{domain.lower()}"


def prove(token):
    """The subscription a manage link opens, made active if it waited; None when the link opens nothing any more.

    Where the address has an active subscription, that one takes over what was asked and keeps its links.
    """
    for _attempt in range(2):
        try:
            with transaction.atomic():
                return _prove(token)
        except IntegrityError:  # another link of the same address was proved in this very moment
            continue
    return None


def _prove(token):
    subscription = by_token(token, MANAGE, lock=True)
    if subscription is None or subscription.state == SubscriptionState.ACTIVE:
        return subscription
    if subscription.asked_at < timezone.now() - PROVED_WITHIN:
        return None
    earlier = Subscription.objects.active().select_for_update().filter(email=subscription.email).first()
    if earlier is None:
        subscription.state = SubscriptionState.ACTIVE
        subscription.confirmed_at = timezone.now()
        subscription.save(update_fields=["state", "confirmed_at"])
        return subscription
    _take_over(earlier, subscription)
    return earlier


def _take_over(earlier, asked):
    """A wish to hear of one meeting alone adds it; any other wish replaces the choices, and adds the meetings."""
    earlier.meetings.add(*asked.meetings.all())
    if asked.frequency == Frequency.FOLLOWED:
        change(earlier, {"wants_daily_alert": earlier.wants_daily_alert or asked.wants_daily_alert})
    else:
        change(
            earlier,
            {name: getattr(asked, name) for name in PLAIN} | {name: getattr(asked, name).all() for name in ROWS},
        )
    asked.delete()


PLAIN = ["language", "frequency", "wanted_languages", "wants_daily_alert"]
ROWS = ["bodies", "topics"]


@transaction.atomic
def change(subscription, choices):
    """Replace the choices named; the others stay."""
    for name, value in _plain(choices).items():
        setattr(subscription, name, value)
    subscription.save(update_fields=list(_plain(choices)))
    _set_rows(subscription, choices)


def _plain(choices):
    return {name: choices[name] for name in PLAIN if name in choices}


def _set_rows(subscription, choices):
    for name in ROWS:
        if name in choices:
            getattr(subscription, name).set(choices[name])


@transaction.atomic
def end(subscription, *, why=EndedWhy.UNSUBSCRIBED):
    """No mail from now on, queued ones included; the address is gone at once. Ending twice is ending once."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.state == SubscriptionState.ENDED:
        return
    emails.withdraw(subscription)
    subscription.address_digest = digest(subscription.email)
    subscription.email = ""
    subscription.state, subscription.ended_at, subscription.ended_why = SubscriptionState.ENDED, timezone.now(), why
    subscription.link_version += 1
    subscription.save()
    for rows in [subscription.bodies, subscription.topics, subscription.meetings]:
        rows.clear()


def end_earlier_links(subscription):
    """Links of every mail sent so far no longer open the choices; unsubscribing by them still works."""
    subscription.link_version += 1
    subscription.save(update_fields=["link_version"])


@transaction.atomic
def bounced(address, *, permanent):
    """A server refused mail for ``address``: for good, or for now. Three of the latter in 30 days count as one."""
    if permanent:
        Subscription.objects.waiting().filter(email=tidy(address)).delete()
    subscription = Subscription.objects.active().select_for_update().filter(email=tidy(address)).first()
    if subscription is None:
        return
    if not permanent:
        now = timezone.now()
        if subscription.soft_bounced_at is None or subscription.soft_bounced_at < now - SOFT_BOUNCES_WITHIN:
            subscription.soft_bounces, subscription.soft_bounced_at = 0, now
        subscription.soft_bounces += 1
        subscription.save(update_fields=["soft_bounces", "soft_bounced_at"])
    if permanent or subscription.soft_bounces >= SOFT_BOUNCES:
        end(subscription, why=EndedWhy.BOUNCED)


def forget():
    """Delete what was never proved within 7 days, and what ended 30 days ago."""
    now = timezone.now()
    Subscription.objects.waiting().filter(asked_at__lt=now - PROVED_WITHIN).delete()
    Subscription.objects.filter(state=SubscriptionState.ENDED, ended_at__lt=now - ENDED_KEPT).delete()


def digest(email):
    """What an ended row keeps of its address; only the holder of SECRET_KEY can compare an address with it."""
    return salted_hmac("advisory.subscription.address", tidy(email).casefold(), algorithm="sha256").hexdigest()


def token(subscription, purpose):
    """48 characters for an address. UNSUBSCRIBE ends the subscription and can do nothing else, whatever the version."""
    return links.token(subscription.pk, *_opens(subscription, purpose))


def _opens(subscription, purpose):
    """The purpose and version of a link; the prefix keeps it from opening a row of another kind."""
    return f"subscription-{purpose}", subscription.link_version if purpose == MANAGE else 0


def address_of(subscription, purpose):
    return emails.absolute(f"advisory:{'subscribed' if purpose == MANAGE else 'unsubscribe'}",
                           subscription.language, token=token(subscription, purpose))  # fmt: skip


def by_token(text, purpose, *, lock=False):
    """The subscription whose token this is, or None."""
    pk = links.named(text)
    if pk is None:
        return None
    rows = Subscription.objects.select_for_update() if lock else Subscription.objects
    subscription = rows.filter(pk=pk).first()
    if subscription is None or not links.fits(text, pk, *_opens(subscription, purpose)):
        return None
    return subscription

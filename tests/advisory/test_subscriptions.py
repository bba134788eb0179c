"""Links, bounces and forgetting: what happens to a subscription without a page."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from advisory import subscriptions
from advisory.models import Subscription
from advisory.models.subscription import EndedWhy
from office import outbox
from office.models.message import Message, MessageState
from tests.builders import make_subscription

pytestmark = pytest.mark.django_db

ADDRESS = "reader@example.org"


@pytest.mark.parametrize("purpose", [subscriptions.MANAGE, subscriptions.UNSUBSCRIBE])
def test_link_is_the_same_in_every_mail_and_names_its_row(purpose):
    subscription = make_subscription()

    token = subscriptions.token(subscription, purpose)

    assert token == subscriptions.token(Subscription.objects.get(), purpose)
    assert len(token) == 48
    assert subscriptions.by_token(token, purpose) == subscription


def test_link_opens_for_its_own_purpose_and_row_alone():
    one, other = make_subscription(), make_subscription()
    manage, unsubscribe = (subscriptions.token(one, purpose) for purpose in ("manage", "unsubscribe"))

    assert subscriptions.by_token(manage, "unsubscribe") is None
    assert subscriptions.by_token(unsubscribe, "manage") is None
    assert subscriptions.by_token(subscriptions.token(other, "manage")[:20] + manage[20:], "manage") is None


def test_link_made_with_the_key_before_still_opens(settings):
    subscription = make_subscription()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "b" * 60
    settings.SECRET_KEY_FALLBACKS = [old]
    new = subscriptions.token(subscription, "manage")
    settings.SECRET_KEY = old
    token = subscriptions.token(subscription, "manage")
    settings.SECRET_KEY = "b" * 60

    assert new != token
    assert subscriptions.by_token(token, "manage") == subscription
    settings.SECRET_KEY_FALLBACKS = []
    assert subscriptions.by_token(token, "manage") is None


@pytest.mark.parametrize("text", ["", "é" * 48, "A", "=" * 48])
def test_what_is_no_token_names_nothing(text):
    assert subscriptions.by_token(text, "manage") is None


def test_domain_is_kept_in_lower_case():
    assert subscriptions.tidy(" Reader@EXAMPLE.Org ") == "Reader@example.org"


def test_database_holds_one_active_subscription_for_an_address():
    make_subscription(ADDRESS)

    with pytest.raises(IntegrityError, match=r"(?i)unique|subscription_active_once"):
        make_subscription(ADDRESS)


def test_permanent_bounce_ends_and_three_passing_ones_do():
    for_good, for_now = make_subscription(), make_subscription()

    subscriptions.bounced(for_good.email, permanent=True)
    for _ in range(2):
        subscriptions.bounced(for_now.email, permanent=False)
    for_now.refresh_from_db()
    assert for_now.state == "active"
    subscriptions.bounced(for_now.email, permanent=False)

    ended = Subscription.objects.values_list("state", "ended_why", "email")
    assert list(ended) == [("ended", "bounced", "")] * 2


def test_passing_bounces_of_another_month_are_not_counted():
    subscription = make_subscription(soft_bounces=2, soft_bounced_at=timezone.now() - timedelta(days=31))

    subscriptions.bounced(subscription.email, permanent=False)

    subscription.refresh_from_db()
    assert (subscription.state, subscription.soft_bounces) == ("active", 1)


def test_address_that_never_took_mail_is_forgotten_at_once():
    Subscription.objects.create(email=ADDRESS)

    subscriptions.bounced("reader@EXAMPLE.org", permanent=True)

    assert Subscription.objects.count() == 0


def test_bounce_of_an_unknown_address_changes_nothing():
    make_subscription()
    before = list(Subscription.objects.values())

    subscriptions.bounced("nobody@example.org", permanent=True)

    assert list(Subscription.objects.values()) == before


def test_ending_withdraws_what_waits_and_leaves_the_mail_of_others():
    subscription, other = make_subscription(), make_subscription()
    for person in (subscription, other):
        outbox.queue(to=person.email, subject="Correction", text="Text", kind="subscription_alert")
    outbox.queue(to=subscription.email, subject="Your application", text="Text", kind="approved")
    Message.objects.filter(to=other.email).update(state=MessageState.SENDING, lease_until=timezone.now())

    subscriptions.end(subscription)

    assert set(Message.objects.values_list("to", "kind")) == {
        (other.email, "subscription_alert"),
        (ADDRESS.replace("reader", "reader-1"), "approved"),
    }


def test_what_was_never_proved_goes_after_seven_days_and_what_ended_after_thirty():
    now = timezone.now()
    for days in (6, 8):
        waiting = Subscription.objects.create(email=f"waiting-{days}@example.org")
        Subscription.objects.filter(pk=waiting.pk).update(asked_at=now - timedelta(days=days))
    for days in (29, 31):
        subscription = make_subscription(f"ended-{days}@example.org")
        subscriptions.end(subscription, why=EndedWhy.BOUNCED)
        Subscription.objects.filter(pk=subscription.pk).update(ended_at=now - timedelta(days=days))
    make_subscription("active@example.org", asked_at=now - timedelta(days=400))

    subscriptions.forget()

    kept = {subscriptions.digest("ended-29@example.org"), ""}
    assert set(Subscription.objects.values_list("address_digest", flat=True)) == kept
    assert set(Subscription.objects.exclude(email="").values_list("email", flat=True)) == {
        "waiting-6@example.org",
        "active@example.org",
    }


def test_mail_that_bounced_is_cancelled_and_forgets_the_address():
    subscription = make_subscription()
    message = outbox.queue(to=subscription.email, subject="Correction", text="Text", kind="subscription_alert")
    Message.objects.update(state=MessageState.HANDED, handed_at=timezone.now(), last_error="550 No such mailbox")

    subscriptions.bounced(subscription.email, permanent=True)

    message.refresh_from_db()
    assert (message.state, message.to, message.text, message.last_error) == (MessageState.CANCELLED, "", "", "")
    assert not outbox.send_again(message, by=None)

"""The page on which a person asks for protection and ends it, and what the applicants’ other pages show meanwhile."""

import pytest
from django.urls import reverse
from django.utils import translation

from accreditation import aliases, emails, evidence, my_links, profiles, protection, writing
from accreditation.models import Evidence, Profile, Registration
from accreditation.own_data import gathered
from accreditation.states import Status
from accreditation.views.papers import keep_links
from office import links
from office.delivery import deliver
from office.models import Message
from office.permissions import Role
from tests.accreditation.test_protection import PERSON, columns_of, make_asking
from tests.builders import (
    make_officer,
    make_protected_registration,
    make_readers,
)

pytestmark = pytest.mark.django_db
MINE = "/status/protection/"


def open_link(client, registration):
    token = links.token(registration.pk, writing.STATUS, registration.link_version)
    client.post(reverse("accreditation:status", args=[token]))


# The person's own page


def page(client):
    return client.get(MINE).content.decode()


def test_page_of_a_browser_that_opened_nothing_is_the_404(client):
    assert client.get(MINE).status_code == 404


def test_person_asks_after_sending(client):
    registration = make_asking(asks_protection=False)
    profiles.remember(registration)
    open_link(client, registration)
    assert "<h1>Your protection</h1>" in page(client)

    answer = client.post(MINE, {"act": "ask"})

    assert answer.url == MINE
    registration.refresh_from_db()
    assert (registration.asks_protection, Profile.objects.count()) == (True, 0)
    assert f"Until we have answered, lists show you as <bdi>{registration.alias}</bdi>." in page(client)


def test_person_chooses_the_badge_and_ends_the_protection(client):
    registration = make_protected_registration(**PERSON)
    open_link(client, registration)

    client.post(MINE, {"act": "badge", "badge": "name"})
    chosen = protection.badge_name(Registration.objects.get())
    client.post(MINE, {"act": "lift"})

    assert chosen == "G. Sample"
    assert columns_of(registration) == PERSON


@pytest.mark.parametrize("posted", [{}, {"act": "grant"}, {"act": "badge"}, {"act": "badge", "badge": "passport"}])
def test_any_other_post_changes_nothing(client, posted):
    registration = make_protected_registration(**PERSON)
    open_link(client, registration)
    before = Registration.objects.values().get()

    client.post(MINE, posted)

    assert Registration.objects.values().get() == before
    assert protection.on_badge(registration) == "alias"


def test_refused_person_reads_why_and_goes_on_without(client):
    registration = make_asking()
    protection.decline(registration, reason="The programme\nis public.", by=make_readers()[0])
    open_link(client, registration)
    shown = page(client)

    client.post(MINE, {"act": "lift"})

    assert "<p>The programme<br>is public.</p>" in shown
    registration.refresh_from_db()
    assert not registration.is_hidden


def test_page_in_arabic_holds_no_name(client):
    registration = make_protected_registration(**PERSON)
    open_link(client, registration)

    with translation.override("ar"):
        shown = client.get(reverse("accreditation:my-protection")).content.decode()

    assert 'dir="rtl"' in shown
    assert "Grace" not in shown


def test_draft_is_led_back_to_its_form(client):
    registration = make_asking(Status.DRAFT)
    open_link(client, registration)

    assert client.get(MINE).url == "/resume/"


def test_granting_takes_as_many_statements_whatever_the_person_has_sent_before(django_assert_num_queries):
    readers = make_readers()
    for letters in (0, 3):
        registration = make_asking(email=f"grace{letters}@example.org")
        for number in range(letters):
            emails.queue("received", registration, key=f"letter:{number}")
        again = [type(reader).objects.get(pk=reader.pk) for reader in readers]
        with django_assert_num_queries(20):
            protection.grant(registration, readers=again, by=again[0])


# The pages that others have built for applicants


def test_link_alone_shows_no_name_and_the_download_needs_the_code(client):
    registration = make_protected_registration(**PERSON)
    open_link(client, registration)

    shown = client.get("/status/").content.decode()

    assert registration.reference in shown
    assert [word for word in ("Grace", "Sample", "grace@", "5550142", "Editor") if word in shown] == []
    assert client.get("/status/change/contact/").url == "/status/code/"


def test_own_data_are_the_persons_own_and_not_the_alias():
    registration = make_protected_registration(**PERSON)

    data = gathered(registration)

    assert {name: data[name] for name in PERSON} == PERSON


def test_letter_with_links_joins_no_address_with_the_reference(mailoutbox):
    registration = make_protected_registration(**PERSON)
    deliver()

    my_links.send("grace@example.org", language="en")

    assert Message.objects.get(kind="registration_links").to == aliases.address(registration)
    deliver()
    assert [mail.to for mail in mailoutbox] == [["grace@example.org"]] * 2
    assert set(Message.objects.values_list("to", flat=True)) == {""}


def test_sample_links_of_a_protected_person_are_kept_sealed():
    registration = make_protected_registration(Status.INFO_REQUESTED, info_items=[{"step": "papers"}], **PERSON)

    keep_links(registration, ["https://grace.example.org/"])

    registration.refresh_from_db()
    assert (registration.answers, evidence.sample_links(registration)) == ({}, ["https://grace.example.org/"])


def test_papers_are_read_by_who_may_know_the_name():
    readers = make_readers()
    registration = make_asking()
    paper = Evidence.objects.create(
        registration=registration, kind="press_card", name="card.pdf", digest="0" * 64, media_type="application/pdf",
        size=1, stored_as="0" * 32,
    )  # fmt: skip
    third = make_officer("third", roles=[Role.LIAISON_OFFICER])
    asked = [evidence.may_read(officer, paper) for officer in (*readers, third)]

    protection.grant(registration, readers=readers, by=readers[0])

    paper = Evidence.objects.get()
    assert asked == [True, True, True]
    assert [evidence.may_read(officer, paper) for officer in (*readers, third)] == [True, True, False]

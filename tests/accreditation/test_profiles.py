"""What somebody asked us to remember: sealed, for people whose address is proved, until they or 24 months end it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accreditation import intake, profiles, visits, writing
from accreditation.models import Profile, Registration
from accreditation.states import Status
from office import links
from office.models import Message
from tests.builders import make_category, make_registration

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"
FORGET = "/my-profile/forget/"
WORK = {
    "given_names": "Ada Qwyzzle",
    "family_name": "Example",
    "phone": "+12125550142",
    "organization_name": "Daily Example",
}


def make_profile(email=ADDRESS, **fields):
    return profiles.remember(make_registration(Status.SUBMITTED, email=email, **WORK | fields))


def open_link(client, registration, purpose=writing.STATUS):
    client.post(reverse(f"accreditation:{purpose}", args=[links.token(registration.pk, purpose, 1)]))
    assert visits.COOKIE in client.cookies


def draft_for(email=ADDRESS, category=None):
    intake.begin(category or make_category(), email=email, language="en")
    return Registration.objects.get(email=email, status=Status.DRAFT)


def test_profile_is_recalled_at_the_next_meeting_once_the_address_is_proved():
    make_profile()
    draft = draft_for()
    before = (draft.given_names, draft.phone)

    intake.prove(draft)

    draft.refresh_from_db()
    assert before == ("", "")
    assert {name: getattr(draft, name) for name in WORK} == WORK
    assert draft.name_key == "ada example qwyzzle"


def test_profile_of_another_address_is_never_recalled():
    make_profile()
    draft = draft_for("grace@example.org")

    intake.prove(draft)

    assert (draft.given_names, draft.answers) == ("", {})


def test_profile_says_nothing_to_whoever_reads_the_table():
    profile = make_profile()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accreditation_profile")
        row = b"|".join(
            bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in cursor.fetchone()
        )

    assert [word for word in (b"Qwyzzle", b"ada@", b"5550142", b"Daily") if word in row] == []
    assert str(profile) == str(profile.pk)


def test_profile_cannot_be_joined_with_any_registration():
    profile = make_profile()

    assert not Registration.objects.filter(email_key=profile.email_key).exists()


def test_profile_holds_the_person_and_the_work_and_nothing_else():
    profile = make_profile(
        asks_protection=False, identity={"document_number": "X123"}, access_needs={"needs": ["captioning"]}
    )

    assert sorted(profile.content) == sorted(["answers", *profiles.REMEMBERED])
    assert set(profile.content["answers"]) <= profiles.REMEMBERED_ANSWERS
    assert {"identity", "access_needs", "asks_protection"} & set(profiles.REMEMBERED) == set()


@pytest.mark.parametrize(("days", "left"), [(729, 1), (731, 0)])
def test_profile_goes_after_24_months_without_use(days, left):
    make_profile()

    profiles.forget_profiles(at=timezone.now() + timedelta(days=days))

    assert Profile.objects.count() == left


def test_use_at_a_later_meeting_begins_the_24_months_anew():
    make_profile()
    later = timezone.now() + timedelta(days=700)
    intake.prove(draft_for(), at=later)

    profiles.forget_profiles(at=later + timedelta(days=700))

    assert Profile.objects.count() == 1


def test_who_asks_for_protection_is_not_remembered_and_forgotten_if_it_was():
    make_profile()
    draft = intake.prove(draft_for())
    draft.asks_protection = True
    draft.save()

    sent = intake.submit(draft, remembers=True)

    assert (sent.status, sent.remembers) == (Status.SUBMITTED, False)
    assert Profile.objects.count() == 0
    assert profiles.remember(sent) is None


def test_who_does_not_ask_to_be_remembered_is_not():
    intake.submit(intake.prove(draft_for()), remembers=False)

    assert Profile.objects.count() == 0


# The way to be forgotten


def test_browser_that_opened_an_application_forgets_with_one_button(client):
    make_profile()
    make_profile("grace@example.org")
    open_link(client, Registration.objects.get(email=ADDRESS))

    page = client.get(FORGET)
    answer = client.post(FORGET)

    assert page.content.decode().count("<button") == 1
    assert "<h1>Your profile is forgotten</h1>" in answer.content.decode()
    assert [profile.email_key for profile in Profile.objects.all()] == [profiles.profile_key("grace@example.org")]


def test_opening_the_page_forgets_nothing(client):
    profile = make_profile()
    open_link(client, Registration.objects.get(email=ADDRESS))

    client.get(FORGET)
    client.get(profiles.link(profile))

    assert Profile.objects.count() == 1


def test_mailed_link_forgets_and_then_opens_nothing(client):
    profile = make_profile()
    client.post(FORGET, {"email": " ADA@example.org "})
    letter = Message.objects.get(kind="registration_profile")
    assert letter.to == ADDRESS
    assert profiles.link(profile) in letter.text

    first, second = client.post(profiles.link(profile)), client.post(profiles.link(profile))

    assert (first.status_code, second.status_code) == (200, 404)
    assert Profile.objects.count() == 0


def test_address_without_a_profile_gets_the_same_answer_and_one_letter(client, django_assert_num_queries):
    profile = make_profile()
    answers = {}
    for email in (ADDRESS, "nobody@example.org"):
        with django_assert_num_queries(3):
            answers[email] = client.post(FORGET, {"email": email})

    assert answers[ADDRESS].content == answers["nobody@example.org"].content
    letters = {letter.to: letter.text for letter in Message.objects.filter(kind="registration_profile")}
    assert set(letters) == {ADDRESS, "nobody@example.org"}
    assert "We keep none." in letters["nobody@example.org"]
    assert "We keep none." not in letters[ADDRESS]
    assert str(profile.pk) not in letters["nobody@example.org"]


def test_link_of_another_purpose_forgets_nothing(client):
    profile = make_profile()
    token = links.token(profile.pk, writing.STATUS, 1)

    answer = client.post(reverse("accreditation:forget-profile-link", args=[token]))

    assert answer.status_code == 404
    assert Profile.objects.count() == 1


def test_page_of_a_link_is_the_same_for_every_token(client):
    profile = make_profile()
    forged = reverse("accreditation:forget-profile-link", args=["A" * links.LENGTH])

    assert client.get(profiles.link(profile)).content.count(b"<button") == 1
    pages = {client.get(address).content.replace(address.encode(), b"") for address in (profiles.link(profile), forged)}
    assert len(pages) == 1


def test_what_is_no_address_is_told_in_words_and_kept(client):
    page = client.post(FORGET, {"email": "ada@example"}).content.decode()

    assert "Enter an e-mail address like name@example.org." in page
    assert 'value="ada@example"' in page
    assert Message.objects.count() == 0


def test_asked_too_often_the_answer_is_the_same_and_no_letter_goes(client):
    pages = {client.post(FORGET, {"email": ADDRESS}).content for _ in range(5)}

    assert len(pages) == 1
    assert Message.objects.count() == 3


def test_post_from_another_site_is_refused(client):
    make_profile()
    open_link(client, Registration.objects.get(email=ADDRESS))

    assert client.post(FORGET, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert Profile.objects.count() == 1

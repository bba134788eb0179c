"""From an address to a sent application: nothing is told, nothing typed is lost, nothing is sent twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accreditation import identifying, intake, places, profiles, references, workflow
from accreditation.models import Organization, OrganizationPlaces, Profile, Registration
from accreditation.states import Status
from advisory import publishing
from office import links
from office.models import Message
from tests.builders import make_category, make_meeting, make_organization, make_registration

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"


def begin(category, email=ADDRESS, **words):
    intake.begin(category, email=email, language="fr", **words)
    return Message.objects.order_by("-queued_at").first()


@pytest.mark.parametrize("status", [None, *Status])
def test_every_address_takes_the_same_statements(status, django_assert_num_queries):
    category = make_category()
    if status:
        make_registration(status, category=category, email=ADDRESS)

    with django_assert_num_queries(7):  # two of them the savepoint of a test, one the announced title
        intake.begin(category, email=ADDRESS, language="fr")

    kind = "registration_known" if status and Registration(status=status).is_live else "registration_prove"
    assert Message.objects.get().kind == kind


def test_second_beginning_finds_the_draft_of_the_first():
    category = make_category()

    first, second = begin(category), begin(category, email=" ADA@Example.org ")

    assert Registration.objects.count() == 1
    assert (first.to, first.language) == (ADDRESS, "fr")
    assert first.text == second.text


def test_live_application_comes_before_a_draft():
    category = make_category()
    make_registration(category=category, email=ADDRESS)
    live = make_registration(Status.SUBMITTED, category=make_category(category.meeting), email=ADDRESS)

    message = begin(category)

    assert message.kind == "registration_known"
    assert live.reference in message.text


def test_draft_past_its_days_that_nobody_deleted_opens_again():
    category = make_category(draft_days=14)
    long_ago = timezone.now() - timedelta(days=15)
    draft = make_registration(category=category, email=ADDRESS, saved_at=long_ago)
    assert not intake.is_kept(draft)

    begin(category)

    assert intake.is_kept(Registration.objects.get(pk=draft.pk))


def test_draft_in_its_days_is_not_kept_longer_by_whoever_types_its_address():
    saved_at = timezone.now() - timedelta(days=13)
    make_registration(category=(category := make_category()), email=ADDRESS, saved_at=saved_at)

    begin(category)

    assert Registration.objects.get().saved_at == saved_at


def test_draft_is_kept_to_the_second():
    draft = make_registration(category=make_category(draft_days=14))
    end = draft.saved_at + timedelta(days=14)

    assert [intake.is_kept(draft, end - timedelta(seconds=1)), intake.is_kept(draft, end)] == [True, False]


def test_reference_that_is_taken_is_drawn_again(monkeypatch):
    category = make_category()
    taken = make_registration(category=category).reference
    drawn = iter([taken, taken, "DEW01-FRESH0"])
    monkeypatch.setattr(references, "new", lambda code: next(drawn))

    begin(category)

    assert Registration.objects.filter(email=ADDRESS).get().reference == "DEW01-FRESH0"
    assert Message.objects.count() == 1


def test_only_three_references_are_drawn(monkeypatch):
    category = make_category()
    taken = make_registration(category=category).reference
    monkeypatch.setattr(references, "new", lambda code: taken)

    with pytest.raises(IntegrityError):
        begin(category)
    assert Message.objects.count() == 0


# Answers


def test_answers_of_another_tab_stay():
    row = make_registration()
    one, other = Registration.objects.get(), Registration.objects.get()

    intake.save_answers(one, "work", {"organization_name": "Example Daily", "job_title": "Editor"})
    intake.save_answers(other, "questions", {"outlet": "radio"})

    row.refresh_from_db()
    assert (row.organization_name, row.answers) == ("Example Daily", {"job_title": "Editor", "outlet": "radio"})
    assert row.done == other.done == ["work", "questions"]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
def test_answer_from_an_old_tab_does_not_bring_a_sent_application_back(status):
    row = make_registration()
    tab = Registration.objects.get()
    until = timezone.now() if status == Status.OFFERED else None
    Registration.objects.update(status=status, offer_until=until, phone="+12125550142")

    with pytest.raises(workflow.TransitionRefused, match="^The application has been sent meanwhile"):
        intake.save_answers(tab, "work", {"phone": "+12125550199", "job_title": "Editor"})

    row.refresh_from_db()
    assert (row.status, row.phone, row.answers) == (status, "+12125550142", {})


def test_request_for_information_opens_what_it_names_alone():
    asked = {"step": "papers", "note": "The letter is too old."}
    registration = make_registration(Status.INFO_REQUESTED, info_items=[asked])

    intake.save_answers(registration, "papers", {"outlet": "radio"})
    with pytest.raises(workflow.TransitionRefused):
        intake.save_answers(registration, "work", {"outlet": "print"})

    assert Registration.objects.get().answers == {"outlet": "radio"}


def test_changed_organization_takes_its_place_along():
    category = make_category(cap_per_organization=1)
    full, free, own = (make_organization(name) for name in ("Full", "Free", "Own"))
    make_registration(Status.SUBMITTED, category=category, organization=full)
    asked = [{"step": "work", "note": ""}]
    registration = make_registration(Status.INFO_REQUESTED, category=category, organization=own, info_items=asked)

    with pytest.raises(workflow.TransitionRefused, match="^Your organization has used all its places"):
        intake.save_answers(registration, "work", {"organization": full})
    assert Registration.objects.get(pk=registration.pk).organization == own
    intake.save_answers(registration, "work", {"organization": free})

    taken = dict(OrganizationPlaces.objects.values_list("organization__name", "taken"))
    assert taken == {"Full": 1, "Free": 1, "Own": 0}
    assert places.differences(category.meeting) == []


def test_sealed_answers_are_kept_beside_each_other():
    registration = make_registration()

    intake.save_answers(registration, "identity", {"document_number": "X1", "birth_date": timezone.now().date()})
    intake.save_answers(registration, "identity", {"document_number": "X2"})

    kept = Registration.objects.get()
    assert intake.kept(kept, "document_number") == "X2"
    assert set(kept.identity) == {"document_number", "birth_date"}


def test_statements_of_a_step(django_assert_num_queries):
    registration = make_registration()

    with django_assert_num_queries(1):
        intake.save_answers(registration, "work", {"phone": "+12125550199", "outlet": "radio"})
    with django_assert_num_queries(2):  # sealed
        intake.save_answers(registration, "needs", {"needs": ["ramp"]})
    old = Registration.objects.get()
    intake.save_answers(registration, "work", {"phone": "+12125550198"})
    with django_assert_num_queries(3):  # another tab has saved since it was read
        intake.save_answers(old, "work", {"outlet": "print"})

    assert (old.phone, old.answers) == ("+12125550198", {"outlet": "print"})


@pytest.mark.parametrize("change", [
    {"status": Status.LAPSED}, {"saved_at": timezone.now()}, {"link_version": 9},
    {"asks_protection": True},
])  # fmt: skip
def test_row_that_changed_since_it_was_read_is_never_written_blindly(change):
    registration = make_registration(family_name="Okafor")
    known = intake._known(registration)
    Registration.objects.update(**change)
    registration.family_name = "Lovelace"

    assert not intake.SAVED.unless_changed(registration, ["family_name"], known)
    assert Registration.objects.get().family_name == "Okafor"


# Sending


def test_sending_twice_is_sending_once():
    registration = make_registration()

    sent = [intake.submit(Registration.objects.get(pk=registration.pk)) for _ in range(2)]

    assert [each.status for each in sent] == [Status.SUBMITTED] * 2
    assert Message.objects.count() == registration.decisions.count() == 1


def test_refusal_keeps_what_was_typed():
    registration = make_registration(category=make_category(closes_at=timezone.now()), phone="+12125550142")
    before = Registration.objects.values().get()

    with pytest.raises(workflow.TransitionRefused, match="^Applications have closed"):
        intake.submit(registration, remembers=True)

    assert Registration.objects.values().get() == before
    assert Profile.objects.count() == 0


def test_draft_deleted_meanwhile_is_refused_in_words():
    registration = make_registration()
    gone = Registration.objects.get()
    registration.delete()

    with pytest.raises(workflow.TransitionRefused, match="^This application is no longer kept"):
        intake.submit(gone)


def test_statements_of_sending_and_remembering(django_assert_num_queries):
    category = make_category(allocation="first_come", capacity=5, cap_per_organization=5)
    organization = make_organization()
    intake.submit(make_registration(category=category, organization=organization))
    registration = make_registration(category=category, organization=organization)

    with django_assert_num_queries(17):  # four of them the savepoints of a test
        intake.submit(registration, remembers=True)


def test_edition_that_the_page_has_read_names_the_meeting_in_the_letter(django_assert_num_queries):
    category = make_category(make_meeting("Dialogue on floods"))
    edition = publishing.publish(category.meeting, by=None)
    workflow.ledger.book_of(category.meeting_id)
    registration = make_registration(category=category)

    with django_assert_num_queries(10):  # two of them the savepoint of a test; one less than without the edition
        intake.submit(registration, edition=edition)

    assert "Dialogue on floods" in Message.objects.get(kind="registration_received").subject


def test_edition_of_another_meeting_never_names_this_one():
    other = publishing.publish(make_meeting("Dialogue on floods"), by=None)
    category = make_category(make_meeting("Dialogue on fires"))
    publishing.publish(category.meeting, by=None)

    intake.submit(make_registration(category=category), edition=other)

    assert "Dialogue on fires" in Message.objects.get(kind="registration_received").subject


# Profiles


def returning(category, **remembered):
    """A draft of somebody who was remembered, as it is once the address is proved."""
    make_registration(email=ADDRESS, email_proved_at=timezone.now(), **remembered)
    profiles.remember(Registration.objects.get())
    draft = make_registration(
        category=category, email=ADDRESS, email_proved_at=None, given_names="", family_name="", medium="", standing=""
    )
    return intake.prove(draft)


def test_profile_fills_what_is_empty():
    organization = make_organization()

    draft = returning(make_category(), organization=organization, phone="+12125550142", medium="radio")

    kept = Registration.objects.get(pk=draft.pk)
    assert (kept.given_names, kept.family_name, kept.phone) == ("Ada", "Applicant 1", "+12125550142")
    assert (kept.organization, kept.medium, kept.answers) == (organization, "radio", {"is_recalled": True})
    assert kept.name_key == identifying.name_key(kept)


def test_profile_answers_nothing_that_the_category_does_not_ask():
    civil_society = make_category(route="civil_society")
    assert returning(civil_society, medium="radio").asked_of == ""


def test_medium_that_is_not_welcome_and_organization_that_is_gone_are_not_filled():
    organization = make_organization()
    make_registration(email=ADDRESS, organization=organization, medium="radio")
    profiles.remember(Registration.objects.get())
    Registration.objects.all().delete()
    Organization.objects.all().delete()

    draft = make_registration(
        category=make_category(media=["print"]), email=ADDRESS, email_proved_at=None, medium="", organization=None
    )
    intake.prove(draft)

    assert (draft.organization, draft.medium) == (None, "")


def test_proving_twice_leaves_what_was_answered_between():
    registration = make_registration(email_proved_at=None)
    late = Registration.objects.get()
    intake.prove(registration)
    intake.save_answers(registration, "work", {"phone": "+12125550199"})

    intake.prove(late)

    kept = Registration.objects.get()
    assert (kept.phone, kept.email_proved_at) == ("+12125550199", registration.email_proved_at)


def test_profiles_go_after_two_years_without_use():
    registration = make_registration()
    now = timezone.now()
    profile = profiles.remember(registration, at=now - profiles.PROFILE_KEPT)

    assert [profiles.forget_profiles(at=now - timedelta(seconds=1)), profiles.forget_profiles(at=now)] == [0, 1]
    assert not Profile.objects.filter(pk=profile.pk).exists()


# Links


def test_link_opens_its_own_application_for_its_own_purpose():
    registration, other = make_registration(), make_registration()
    text = links.token(registration.pk, "resume", 1)

    assert intake.by_token(text, "resume") == registration
    assert intake.by_token(text, "status") is None
    assert intake.by_token(links.token(other.pk, "resume", 2), "resume") is None
    Registration.objects.update(link_version=2)
    assert intake.by_token(text, "resume") is None
    registration.delete()
    assert intake.by_token(text, "resume") is None


def test_two_spellings_of_a_name_meet():
    names = [("José", "Núñez"), ("JOSE", "Nunez"), ("Núñez", "José"), ("jose-", " nuñez")]

    keys = {identifying.name_key(Registration(given_names=given, family_name=family)) for given, family in names}

    assert keys == {"jose nunez"}

"""What stays open after sending: the desk's questions, small things, what is sealed, the applicant's own data."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import after_sending, codes, erasing, evidence, intake, places, profiles, verification, workflow
from accreditation.models import Category, Decision, Evidence, EvidenceRule, MailedCode, Profile, Registration
from accreditation.states import Actor, Status
from office import chain
from office.models import Message
from tests.accreditation.applicants import open_link, post, see
from tests.accreditation.sent_files import file, pdf
from tests.accreditation.test_links import untouched
from tests.accreditation.test_status import announced, category, officer, paper, reached  # noqa: F401 fixtures
from tests.builders import make_organization, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, category, officer):  # noqa: F811
    """Opened in ``client``: the desk asks for the name."""
    registration = reached(Status.INFO_REQUESTED, category, officer)
    open_link(client, registration)
    return registration


def mailed_code():
    return re.search(r"\d{6}", Message.objects.filter(kind="registration_code").latest("queued_at").text)[0]


def open_sealed(client, registration):
    post(client, "code", registration, send="")
    return post(client, "code", registration, code=mailed_code())


# The desk's questions


def test_named_item_alone_reopens_with_the_desks_note(client, asked):
    page, name, other = see(client, "reply"), see(client, "reply-step", "name"), see(client, "reply-step", "medium")

    assert "We need a newer letter." in page.text
    assert "As in your passport, please." in name.text
    assert 'value="Okafor"' in name.text
    assert other["Location"] == "/status/reply/"


def test_answer_is_saved_item_by_item_and_sent_once(client, asked):
    waiting = post(client, "reply", asked)
    saved = post(client, "reply-step", asked, "name", given_names="Ada", family_name="Okoro")
    kept = Registration.objects.get()
    sent, again = post(client, "reply", asked), post(client, "reply", asked)

    assert "Answer everything that is asked, or write here what you cannot send and why." in waiting.text
    assert saved["Location"] == "/status/reply/"
    assert (kept.family_name, kept.name_key, kept.status) == ("Okoro", "ada okoro", Status.INFO_REQUESTED)
    assert (sent["Location"], again["Location"]) == ("/status/?news=sent", "/status/")
    assert [row.action for row in Decision.objects.order_by("sequence")] == ["submit", "ask", "reply"]
    assert Message.objects.filter(kind="registration_replied").count() == 1


def test_what_cannot_be_sent_is_explained_instead(client, asked):
    post(client, "reply", asked, words="My office has closed.")

    assert Registration.objects.get().status == Status.SUBMITTED
    assert Decision.objects.get(action="reply").reason.words == "My office has closed."


def test_item_is_closed_again_once_the_answer_is_sent(client, asked):
    post(client, "reply", asked, words="Done.")

    late = post(client, "reply-step", asked, "name", given_names="Eve", family_name="Other")

    assert late["Location"] == "/status/reply/"
    assert Registration.objects.get().family_name == "Okafor"
    with pytest.raises(workflow.TransitionRefused, match="does not ask for this any more"):
        after_sending.save_reply(asked, "name", {"family_name": "Other"})


def test_request_that_can_still_be_undone_asks_nothing(client, category, officer):  # noqa: F811
    Category.objects.update(hold_seconds=30)
    registration = reached(Status.INFO_REQUESTED, category, officer)
    open_link(client, registration)

    assert see(client, "reply")["Location"] == "/status/"
    assert see(client, "reply-step", "name")["Location"] == "/status/reply/"
    assert "newer letter" not in see(client).text


@pytest.fixture
def letter_asked(client, category, officer, private_files):  # noqa: F811
    """Opened in ``client``: sent with a letter, of which the desk wants a newer one."""
    EvidenceRule.objects.create(category=category, kind="letter_of_assignment", least=1, most=1)
    registration = make_registration(category=category)
    evidence.add(registration, "letter_of_assignment", file(pdf("Old"), "old.pdf"))
    registration = workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    items = [{"step": "papers", "note": "Dated 2016, please."}]
    asked = {"actor": Actor.DESK, "by": officer, "reason": "Too old.", "info_items": items}
    registration = workflow.apply(registration, "ask", **asked)
    open_link(client, registration)
    return registration


def test_letter_is_replaced_and_the_old_one_stays_as_history(client, letter_asked):
    page = see(client, "reply-papers")
    sent = post(client, "reply-papers", letter_asked, letter_of_assignment=file(pdf("New"), "new.pdf"))
    post(client, "reply", letter_asked)

    rows = {row.name: row.replaced_at is None for row in Evidence.objects.all()}
    assert "Dated 2016, please." in page.text
    assert "1 file is kept. A new one takes its place." in page.text
    assert sent["Location"] == "/status/reply/"
    assert rows == {"old.pdf": False, "new.pdf": True}
    assert Registration.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose the file that the desk asks for."),
        ({"letter_of_assignment": lambda: file(b"MZ no letter", "letter.pdf")}, "letter.pdf"),
    ],
)
def test_no_file_and_a_wrong_one_are_answered_in_words(client, letter_asked, sent, told):
    page = post(client, "reply-papers", letter_asked, **{name: make() for name, make in sent.items()})

    assert told in page.text
    assert page.status_code == 200
    assert Evidence.objects.get().name == "old.pdf"
    assert "answered" not in Registration.objects.get().info_items[0]


def test_papers_are_closed_where_the_desk_does_not_ask_for_them(client, asked):
    assert see(client, "reply-papers")["Location"] == "/status/reply/"
    assert see(client, "reply-step", "papers")["Location"] == "/status/reply/"


# Small things


def test_telephone_name_on_badge_and_language_change_after_sending(client, category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)
    open_link(client, registration)

    typed = {"phone": "+1 212 555 0143", "badge_name": "Ada O.", "language": "fr"}
    assert post(client, "change", registration, "contact", **typed)["Location"] == "/status/?news=saved"

    row = Registration.objects.get()
    assert (row.phone, row.badge_name, row.language, row.status) == ("+1 212 555 0143", "Ada O.", "fr", "submitted")
    assert row.saved_at > registration.saved_at
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("phone", ["call me", "1" * 60, "+1 <script>"])
def test_telephone_that_is_none_is_told_and_kept(client, phone, category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)

    page = post(open_link(client, registration), "change", registration, "contact", phone=phone, language="en")

    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert Registration.objects.get().phone == "+12125550142"


def test_name_on_the_badge_is_fixed_with_the_approval(client, category, officer):  # noqa: F811
    registration = reached(Status.APPROVED, category, officer)
    open_link(client, registration)

    assert "badge_name" not in see(client, "change", "contact").text
    post(client, "change", registration, "contact", phone="+12125550199", language="en", badge_name="The President")

    assert (Registration.objects.get().badge_name, Registration.objects.get().phone) == ("", "+12125550199")


def test_what_is_decided_on_is_not_amended(category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)

    with pytest.raises(ValueError, match="family_name"):
        after_sending.amend(registration, {"family_name": "Other", "phone": "1"})


@pytest.mark.parametrize("step", ["name", "identity", "medium", "papers", "check", "nothing"])
def test_no_other_step_opens_by_its_address(client, step, category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)
    before = untouched(registration)

    answers = [see(open_link(client, registration), "change", step), post(client, "change", registration, step)]

    assert {answer["Location"] for answer in answers} == {"/status/"}
    assert untouched(registration) == before


def test_amending_keeps_what_the_desk_decided_meanwhile(category, officer):  # noqa: F811
    stale = reached(Status.SUBMITTED, category, officer)
    workflow.apply(stale, "approve", actor=Actor.DESK, by=officer)

    after_sending.amend(stale, {"phone": "+12125550111"})

    assert (Registration.objects.get().status, Registration.objects.get().phone) == ("approved", "+12125550111")


def test_ended_application_is_not_amended(client, category, officer):  # noqa: F811
    registration = reached(Status.DECLINED, category, officer)

    assert post(open_link(client, registration), "change", registration, "contact")["Location"] == "/status/"
    with pytest.raises(workflow.TransitionRefused, match="come to an end"):
        after_sending.amend(registration, {"phone": "1"})


# What is sealed


@pytest.fixture
def sealed(client):
    registration = make_registration(
        Status.SUBMITTED, identity={"document_number": "X1234567"}, access_needs={"needs": ["captioning"]}
    )
    paper(registration)
    open_link(client, registration)
    return registration


def test_link_alone_shows_nothing_that_is_sealed(client, sealed):
    answers = [see(client), see(client, "data"), see(client, "change", "needs")]

    assert [answer.get("Location") for answer in answers] == [None, "/status/code/", "/status/code/"]
    assert not re.search("X1234567|captioning|passport-of-ada", "".join(answer.text for answer in answers))


def test_code_opens_for_ten_minutes(client, sealed, monkeypatch):
    response = open_sealed(client, sealed)

    assert response["Location"] == "/status/?news=opened"
    assert response.cookies[codes.COOKIE]["max-age"] == 600
    assert "passport-of-ada.pdf" in see(client).text
    assert see(client, "data").status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 601)
    assert see(client, "data").status_code == 302


def test_code_is_kept_as_a_digest_and_fits_once(client, sealed):
    post(client, "code", sealed, send="")
    code = mailed_code()

    assert code not in str(MailedCode.objects.values().get())
    assert post(client, "code", sealed, code=code).status_code == 302
    assert MailedCode.objects.count() == 0
    assert post(client, "code", sealed, code=code).status_code == 429


def test_sixth_try_is_refused_even_with_the_right_code(client, sealed):
    post(client, "code", sealed, send="")
    code = mailed_code()
    wrong = f"{(int(code) + 1) % 10**6:06}"

    answers = [post(client, "code", sealed, code=wrong) for _ in range(5)]
    last = post(client, "code", sealed, code=code)

    assert {answer.status_code for answer in answers} == {200}
    assert "These are not the digits of our last e-mail." in answers[0].text
    assert last.status_code == 429
    assert "Have a new one sent." in last.text
    assert codes.COOKIE not in client.cookies


def test_code_dies_after_ten_minutes_and_with_the_next(client, sealed):
    codes.send(sealed)
    first = mailed_code()
    codes.send(sealed)
    second = mailed_code()

    assert first == second or codes.enter(sealed, first) is False
    with pytest.raises(codes.WornOut):
        codes.enter(sealed, second, at=timezone.now() + timedelta(minutes=10, seconds=1))


def test_code_reads_as_people_type_it(client, sealed):
    post(client, "code", sealed, send="")
    code = mailed_code()

    assert post(client, "code", sealed, code=f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "²²²²²²"])
def test_what_is_no_code_costs_no_try(client, sealed, typed):
    post(client, "code", sealed, send="")

    assert "Enter the six digits from our e-mail." in post(client, "code", sealed, code=typed).text
    assert MailedCode.objects.get().tries == 0


def test_code_of_one_application_opens_no_other(client, sealed):
    other = make_registration(Status.SUBMITTED, identity={"document_number": "Y7654321"})
    open_sealed(client, sealed)
    open_link(client, other)

    assert see(client, "data")["Location"] == "/status/code/"


def test_fourth_code_of_an_hour_is_not_mailed_and_the_page_is_the_same(client, sealed):
    answers = [post(client, "code", sealed, send="") for _ in range(4)]

    assert {answer["Location"] for answer in answers} == {"/status/code/"}
    assert Message.objects.filter(kind="registration_code").count() == 3


# The applicant's own data


def test_download_holds_everything_but_no_officer(client, category, officer):  # noqa: F811
    registration = reached(Status.DECLINED, category, officer)
    registration.identity = {"document_number": "X1234567"}
    registration.save()
    paper(registration)
    open_sealed(open_link(client, registration), registration)

    answer = see(client, "data")
    told = json.loads(answer.content)

    assert answer["Content-Disposition"] == f'attachment; filename="{registration.reference}.json"'
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert (told["family_name"], told["identity"], told["status"]) == (
        "Okafor", {"document_number": "X1234567"}, "declined",
    )  # fmt: skip
    assert told["papers"][0]["name"] == "passport-of-ada.pdf"
    assert [(row["action"], row["words"]) for row in told["decisions"]] == [
        ("submit", ""), ("decline", "The letter is of 2015."),
    ]  # fmt: skip
    assert "Olive" not in answer.text


def test_live_application_is_withdrawn_before_it_is_deleted(client, category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)
    before = untouched(registration)

    page = post(open_link(client, registration), "delete", registration)

    assert "Withdraw it first" in page.text
    assert untouched(registration) == before
    with pytest.raises(erasing.StillLive):
        erasing.erase(registration)


def test_deleting_forgets_the_profile_however_the_address_is_written(client, category, officer):  # noqa: F811
    registration = reached(Status.DECLINED, category, officer)
    profiles.remember(registration)
    Registration.objects.update(email=registration.email.replace("applicant", "Applicant"))
    open_link(client, registration)

    post(client, "delete", registration, profile="on")

    assert Profile.objects.count() == 0


def test_deleting_leaves_a_shell_a_pseudonym_and_a_whole_chain(client, category, officer):  # noqa: F811
    registration = reached(Status.DECLINED, category, officer)
    organization = make_organization()
    Registration.objects.update(identity_key="f" * 64, organization=organization, email_proved_at=timezone.now())
    registration.refresh_from_db()
    registration.identity, registration.answers = {"document_number": "X1234567"}, {"job": "Reporter"}
    registration.save()
    paper(registration)
    profiles.remember(registration)
    email = registration.email
    open_link(client, registration)

    assert see(client, "delete").status_code == 200
    gone = post(client, "delete", registration, profile="on")

    row = Registration.objects.values().get()
    assert "Your data are deleted" in gone.text
    planted = ["Okafor", "Ada", email, "X1234567", "Reporter", "+12125550142", "f" * 64]
    assert [word for word in planted if word in str(row)] == []
    assert (bytes(row["identity"]), row["answers"], row["organization_id"]) == (b"", {}, None)
    assert (Evidence.objects.count(), Profile.objects.count()) == (0, 0)
    assert {decision.pseudonym for decision in Decision.objects.all()} == {registration.pk}
    [(_name, rows)] = verification.chains()
    assert chain.verdict(rows)[0] == "redacted"
    assert places.differences(category.meeting) == []
    assert (see(client).status_code, client.post(f"/status/{'A' * 48}/").status_code) == (404, 404)
    assert Message.objects.exclude(to="").count() == 0


def test_decline_that_can_still_be_undone_is_not_erased(category, officer):  # noqa: F811
    Category.objects.update(hold_seconds=30)
    registration = reached(Status.DECLINED, category, officer)

    with pytest.raises(erasing.StillLive):
        erasing.erase(registration)


def test_somebody_erased_may_apply_anew(client, category, officer):  # noqa: F811
    registration = reached(Status.WITHDRAWN, category, officer)
    email = registration.email
    erasing.erase(registration)

    intake.begin(category, email=email, language="en")

    assert Registration.objects.filter(email=email, status=Status.DRAFT).count() == 1

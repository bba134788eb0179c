"""What an e-mail says and carries, plain and in HTML, in our words and in the office's own."""

import re
from datetime import time
from html.parser import HTMLParser

import pytest

from advisory import dispatch, email_texts, publishing
from advisory.email_texts import Words
from advisory.models import EmailText
from advisory.words import EditionKind
from office.models.message import Message
from office.permissions import Role
from tests.builders import PASSWORD, make_meeting, make_officer, make_subscription

pytestmark = pytest.mark.django_db


def corrected(**fields):
    """The mail about a dialogue that begins an hour later."""
    meeting = make_meeting(**{"room": "Conference Room 4", "city": "New York"} | fields)
    publishing.publish(meeting, by=None)
    make_subscription("reader@example.org")
    meeting.sittings.update(start_time=time(11))
    publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION)
    dispatch.tell_of_editions()
    return Message.objects.latest("queued_at")


def test_correction_says_what_was_and_what_is_now_then_the_facts_and_the_way_out():
    mail = corrected()

    links = re.findall(r"http://localhost:8000/\S+", mail.text)
    assert mail.subject == "Correction: Dialogue on early warning"
    assert mail.text.split("\n-- \n")[0].startswith("Correction\n\nDialogue on early warning\n\n")
    assert mail.text.count("11:00–18:00") == 1
    assert "before: " in mail.text
    assert "10:00–18:00" in mail.text
    assert "Where: Conference Room 4, New York" in mail.text
    assert [re.sub(r"[\w-]{48}", "<token>", link) for link in links] == [
        "http://localhost:8000/meetings/2016/dialogue-1/",
        "http://localhost:8000/subscribe/<token>/",
        "http://localhost:8000/subscribe/<token>/unsubscribe/",
    ]
    assert "You get this because you subscribed to media advisories of Rostrum." in mail.text


def test_headers_let_a_mail_program_unsubscribe_by_one_click(client):
    headers = corrected().headers

    assert set(headers) == {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"}
    assert headers["List-Id"] == "<advisories.localhost>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://localhost:8000(/subscribe/[\w-]{48}/unsubscribe/)>", headers["List-Unsubscribe"])[
        1
    ]
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_follower_is_told_why():
    meeting = make_meeting()
    make_subscription(frequency="followed", meetings=[meeting])
    publishing.publish(meeting, by=None)

    dispatch.tell_of_editions()

    assert "You get this because you follow this meeting of Rostrum." in Message.objects.get().text


class Tags(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.found = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_html_part_loads_nothing_says_its_direction_and_is_small():
    mail = corrected()

    tags = Tags(mail.html).found
    assert {tag for tag, _ in tags} & {"img", "script", "link", "iframe", "form"} == set()
    assert dict(tags)["html"]["dir"] == dict(tags)["body"]["dir"] == "ltr"
    assert all(attrs["role"] == "presentation" and attrs["dir"] == "ltr" for tag, attrs in tags if tag == "table")
    assert "url(" not in mail.html
    assert len(mail.html.encode()) < 15_000
    assert [tag for tag, _ in tags].count("h1") == 1


def test_reader_of_arabic_gets_a_page_from_right_to_left():
    letter = email_texts.compose("alert", "ar", {})

    assert '<html lang="ar" dir="rtl">' in letter.html
    assert '<body class="bg" dir="rtl"' in letter.html


def test_title_is_text_and_never_markup_or_a_placeholder():
    mail = corrected(title="Dialogue <script>x</script> {unsubscribe}")

    assert mail.subject == "Correction: Dialogue <script>x</script> {unsubscribe}"
    assert "<script>" not in mail.html
    assert "&lt;script&gt;x&lt;/script&gt; {unsubscribe}" in mail.html


def test_subject_stays_one_line_whatever_a_title_holds():
    assert email_texts.one_line("Title\r\nBcc: all@example.org\x07\u2028x") == "Title Bcc: all@example.org x"


def test_endless_title_is_cut_in_the_subject_alone():
    mail = corrected(title="Dialogue " * 33)

    assert len(mail.subject) == email_texts.LONGEST_SUBJECT
    assert "Dialogue " * 32 in mail.text


def test_demonstration_says_so():
    mail = corrected(is_demonstration=True)

    assert "Demonstration data." in mail.html
    assert mail.text.endswith("\nDemonstration data. People, addresses and numbers are invented.\n")


@pytest.mark.parametrize("kind", email_texts.KINDS)
def test_our_own_words_have_no_problem_and_use_every_link(kind):
    subject, text = email_texts.default_texts(kind, "en")

    assert email_texts.problems(kind, subject, text) == []
    assert [name for name in email_texts.KINDS[kind].needed if f"{{{name}}}" not in text] == []


@pytest.mark.parametrize(
    ("subject", "text", "sentences"),
    [
        ("{title}", "{title} {adress} {manage} {unsubscribe} {address}",
         ["The text has {adress}, which nothing can fill. Did you mean {address}?"]),
        ("{Title}", "{title} {manage} {unsubscribe} {address}",
         ["The subject has {Title}, which nothing can fill. Did you mean {title}?"]),
        ("{title}", "{title} {manage} {address}",
         ["The text needs {unsubscribe}: the reader's own link to stop all e-mails."]),
        ("{title}", "{title {manage} {unsubscribe} {address} {title}",
         ["The text has a single curly bracket. Write placeholders as {title}."]),
        ("{title}", "{title} {} {manage} {unsubscribe} {address}", ["The text has {}, which nothing can fill."]),
    ],
)  # fmt: skip
def test_words_that_cannot_be_used_are_refused_in_sentences(subject, text, sentences):
    assert [sentence for _, sentence in email_texts.problems("alert", subject, text)] == sentences


def test_office_s_own_words_stand_in_both_parts():
    own = "Colleagues, {title} & more.\n\n{address}\n\n-- \n{manage}\n{unsubscribe}\n"
    EmailText.objects.create(kind="alert", language="en", subject="News: {title}", text=own)

    mail = corrected()

    assert mail.subject == "News: Dialogue on early warning"
    assert mail.text.startswith("Colleagues, Dialogue on early warning & more.\n\n")
    assert "<p>Colleagues, Dialogue on early warning &amp; more.</p>" in mail.html


def test_empty_values_leave_no_hole():
    values = {"title": Words("Title"), "changes": Words(""), "address": Words("Address")}

    letter = email_texts.compose("alert", "en", values, own=("{title}", "{title}\n\n{changes}\n\n\n{address}"))

    assert letter.text == "Title\n\nAddress\n"


@pytest.fixture
def officer(client):
    make_officer("amina", roles=[Role.PRESS_OFFICER])
    client.login(username="amina", password=PASSWORD)
    return client


def test_officer_is_told_which_placeholder_is_unknown_and_nothing_is_saved(officer):
    text = "{titel} {title} {manage} {unsubscribe} {address}"
    answers = {"kind": "alert", "language": "en", "subject": "{title}", "text": text}

    page = officer.post("/admin/advisory/emailtext/add/", answers).content.decode()

    assert "The text has {titel}, which nothing can fill. Did you mean {title}?" in page
    assert EmailText.objects.count() == 0


def test_officer_begins_with_our_words_and_sees_the_mail_with_invented_values(officer):
    page = officer.get("/admin/advisory/emailtext/add/?kind=confirm").content.decode()
    assert "Open this page within seven days" in page
    row = EmailText.objects.create(kind="confirm", language="en", subject="Hello", text="Open <this>: {link}")

    page = officer.get(f"/admin/advisory/emailtext/{row.pk}/change/").content.decode()

    assert "Open &lt;this&gt;: [the link that confirms]" in page


def test_list_of_subscribers_hides_addresses_and_is_found_by_a_whole_one(officer):
    make_subscription("reader@example.org")
    address = "/admin/advisory/subscription/"

    page = officer.get(address).content.decode()
    found = officer.get(address, {"q": "reader@EXAMPLE.org"}).content.decode()
    not_found = officer.get(address, {"q": "reader"}).content.decode()

    assert "r…@example.org" in page
    assert "reader@example.org" not in page
    assert "r…@example.org" in found
    assert "r…@example.org" not in not_found


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_subscribers_costs_the_same_for_one_and_for_three(officer, django_assert_num_queries, count):
    for _ in range(count):
        make_subscription()

    with django_assert_num_queries(6):
        officer.get("/admin/advisory/subscription/")


def test_translator_sees_no_subscriber(client):
    make_officer("tariq", roles=[Role.TRANSLATOR])
    client.login(username="tariq", password=PASSWORD)

    assert client.get("/admin/advisory/subscription/").status_code == 403


def test_subject_that_comes_out_empty_is_ours():
    _subject, text = email_texts.default_texts("alert", "en")
    EmailText.objects.create(kind="alert", language="en", subject="{words}", text=text)

    assert corrected().subject == "Correction: Dialogue on early warning"

"""The language of an address: its prefix and nothing else."""

import pytest
from django.urls import reverse
from django.utils import translation

from advisory import publishing
from config.apps import give_chinese_its_own_words
from tests.builders import make_full_meeting

pytestmark = pytest.mark.django_db

PREFIXES = {"ar": "/ar", "zh": "/zh", "en": "", "fr": "/fr", "ru": "/ru", "es": "/es"}
PATHS = ["/", "/meetings/", "/help/", "/privacy/", "/accessibility/", "/nowhere/"]


def make_public():
    return publishing.publish(make_full_meeting(slug="dialogue"), by=None)


@pytest.fixture
def public(once):
    return once(make_public)


@pytest.mark.parametrize("language", PREFIXES)
def test_reverse_gives_the_address_of_the_active_language(language):
    with translation.override(language):
        assert reverse("advisory:meetings") == f"{PREFIXES[language]}/meetings/"
        assert reverse("account_login") == "/accounts/login/"


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/en/", "/"),
        ("/en", "/"),
        ("/en/meetings/2016/dialogue/?page=2&q=a%20b", "/meetings/2016/dialogue/?page=2&q=a%20b"),
        ("/en//elsewhere.example.com/", "/elsewhere.example.com/"),
        ("/en/\\elsewhere.example.com/", "/%5Celsewhere.example.com/"),
    ],
)
def test_english_prefix_leads_to_the_address_without_one(client, asked, target):
    response = client.get(asked)

    assert (response.status_code, response.headers["Location"]) == (301, target)


def test_language_without_its_slash_is_led_to_it(client):
    response = client.get("/fr")

    assert (response.status_code, response.headers["Location"]) == (301, "/fr/")


@pytest.mark.parametrize("path", ["/de/", "/de/meetings/", "/fr/admin/", "/fr/accounts/login/", "/zh-hans/", "/FR/"])
def test_unknown_prefix_is_no_address(client, path):
    assert client.get(path).status_code == 404


def test_language_that_is_not_offered_has_no_address(client, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]

    assert [client.get(path).status_code for path in ["/ru/help/", "/fr/help/"]] == [404, 200]


@pytest.mark.parametrize(
    "path", ["/", "/meetings/", "/help/", "/meetings/2016/dialogue/", "/fr/meetings/2016/dialogue/"]
)
def test_neither_the_browser_nor_a_cookie_chooses_the_language(client, public, path):
    plain = client.get(path)

    asked = client.get(path, headers={"accept-language": "ru"}, HTTP_COOKIE="django_language=ru")

    assert asked.content == plain.content
    assert asked.cookies == {}
    assert "Accept-Language" not in asked.headers.get("Vary", "")


def test_request_leaves_no_language_behind(client):
    client.get("/fr/help/")

    assert translation.get_language() == "en"


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("ending", ["/", ".txt", ".ics", ".json"])
def test_advisory_is_one_query_in_every_language(client, public, django_assert_num_queries, language, ending):
    address = f"{PREFIXES[language]}/meetings/2016/dialogue{ending}"
    client.get(address)

    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


def test_chinese_officer_reads_the_libraries_sentences_in_chinese():
    give_chinese_its_own_words()  # again: a test that changes LANGUAGES makes Django read all catalogues anew

    with translation.override("zh"):
        assert translation.gettext("Save and continue editing") == "保存并继续编辑"
        assert translation.gettext("No library says this.") == "No library says this."
    with translation.override("en"):
        assert translation.gettext("Save and continue editing") == "Save and continue editing"

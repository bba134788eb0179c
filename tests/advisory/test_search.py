"""What finds an advisory: the same tokens from every spelling, and nothing that the public may not see."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from advisory import publishing, search
from advisory.finding import Filters
from advisory.models import Edition, SearchText
from tests.builders import make_full_meeting, make_meeting


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("A/70/999–S/2016/620", "a 70 999 ax70x999 70x999 s 2016 620 sx2016x620 2016x620"),
        ("E/CN.4/2016/Add. 1", "e cn 4 2016 add 1 excn4x2016xadd1 cn4x2016xadd1 2016xadd1"),
        ("States and/or press", "states and or press"),
        ("Côte d’Ivoire, Straße, ŒUVRE", "cote d ivoire strasse oeuvre"),
        ("Женева, ЁЛКА Ёлка", "женева елка"),
        ("أُمَم إلى الأمــم المتّحدة ٢٠١٦", "امم الي الامم المتحده 2016"),
        ("联合国大会2016年", "联合 合国 国大 大会 会 2016 年"),
        ("Sesión de año nuevo", "sesion de ano nuevo"),
        ("…–! \0", ""),
    ],
)
def test_tokens_of(text, tokens):
    assert search.search_tokens(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/70/999", "A / 70 / 999"),
        ("S/RES/1325(2000)", "S/RES/1325 (2000)"),
        ("المسئولية", "المسؤولية".replace("ؤ", "ئ")),
        ("ONU À GENÈVE", "onu a geneve"),
        ("ﻻ", "لا"),
        ("２０１６", "2016"),
    ],
)
def test_spellings_ask_for_the_same(one, other):
    assert search.query_tokens(one) == search.query_tokens(other)


def test_scripts_are_not_carried_over():
    assert search.query_tokens("Женева") != search.query_tokens("Geneva")


@pytest.mark.property
@given(st.text())
@example("ŉ ΐ İ ﬃ ٣ ½ Ⅻ 𝒜 ー々 กำ 한국 ʼn e\u0301/1/\u0301")
def test_tokens_are_plain_and_stay_what_they_are(text):
    tokens = search.search_tokens(text)

    assert search.search_tokens(tokens) == tokens
    assert all(token.isalnum() and token == token.lower() for token in tokens.split())
    assert len(set(tokens.split())) == len(tokens.split())
    assert not re.search(r"[^\w ]|_|  ", tokens)


@pytest.mark.property
@pytest.mark.django_db
@given(st.text(min_size=1))
def test_no_words_are_an_error_to_the_database(text):
    wanted = search.matching(text)

    if wanted is not None:
        assert list(Edition.objects.filter(pk__in=wanted)) == []


def found(text):
    return {edition.facts["slug"] for edition in Filters({"q": text}).matching()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        "early warning", "EARLY warn", "bell", "A/70/999", "a/70/999", "s/2016/620", "70/999", "A/63/677",
        "Grace Sample", "sampl", "obstacles", "general assembly", "trusteeship", "dew01", "Debate", "early A/70/999",
    ],
)  # fmt: skip
def test_full_meeting_is_found_by(asked):
    publishing.publish(make_full_meeting(slug="full", code="DEW01"), by=None)

    assert found(asked) == {"full"}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["earl warning", "A/70/99 report", "A/7/0999", "Ada", "press@example.int", "nowhere"])
def test_full_meeting_is_not_found_by(asked):
    publishing.publish(make_full_meeting(slug="full"), by=None)

    assert found(asked) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("المسؤولية عن الحماية", "المسؤوليه"),
        ("联合国大会关于早期预警的对话", "预警"),
        ("联合国大会关于早期预警的对话", "话"),
        ("Диалог о раннем предупреждении", "ДИАЛОГ предупр"),
        ("Dialogue sur l’alerte précoce", "alerte PRECOCE"),
        ("Diálogo sobre la alerta temprana", "dialogo"),
    ],
)
def test_title_is_found_in_its_own_script(title, asked):
    publishing.publish(make_meeting(title, slug="this"), by=None)

    assert found(asked) == {"this"}


@pytest.mark.django_db
def test_words_under_embargo_find_nothing_until_the_instant():
    publishing.publish(make_meeting("Zyzzyva", embargo_until=timezone.now() + timedelta(hours=1), slug="z"), by=None)
    assert SearchText.objects.get().words.startswith("zyzzyva")
    assert found("zyzzyva") == set()

    Edition.objects.update(visible_from=timezone.now() - timedelta(seconds=1))

    assert found("zyzzyva") == {"z"}


@pytest.mark.django_db
def test_words_of_an_earlier_edition_find_nothing():
    meeting = make_meeting("Zyzzyva", slug="z")
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.title = "Quokka"
    meeting.save()
    publishing.publish(meeting, by=None)

    assert [found("zyzzyva"), found("quokka")] == [set(), {"z"}]


@pytest.mark.django_db
def test_correction_under_embargo_leaves_the_words_of_what_is_public():
    meeting = make_meeting("Zyzzyva", slug="z")
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.title, meeting.embargo_until = "Quokka", timezone.now() + timedelta(hours=1)
    meeting.save()
    publishing.publish(meeting, by=None)

    assert [found("zyzzyva"), found("quokka")] == [{"z"}, set()]


@pytest.mark.django_db
def test_blanked_speaker_is_found_no_more():
    edition = publishing.publish(make_full_meeting(slug="full"), by=None)
    assert found("grace") == {"full"}

    person = edition.people.get(content__name="Grace Sample")
    person.content, person.salt, person.blanked_at = {}, "", timezone.now()
    person.save()
    search.index(edition)

    assert [found("grace"), found("adviser")] == [set(), {"full"}]


@pytest.mark.django_db
def test_edition_that_goes_takes_its_words_with_it():
    edition = publishing.publish(make_meeting("Zyzzyva"), by=None)

    SearchText.objects.filter(edition=edition).delete()

    assert found("zyzzyva") == set()
    assert search.matching("zyzzyva") is not None


@pytest.mark.property
@pytest.mark.django_db
@given(st.text(st.characters(max_codepoint=0xFFFF)))
@example("A/70/999 1e5 0x1f 007 v2 مسؤولية 联合国 ёлка 2016/Add.1 ほー々 한국 ʻokina ˈa")
def test_database_keeps_every_token_whole(text):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's FTS5 is asked by the tests above")
    tokens = search.search_tokens(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [tokens])
        kept = cursor.fetchone()[0]

    assert sorted(kept) == sorted(tokens.split())

"""The advisory leads to the form of its category, by what was frozen when the edition was made."""

import io
import json
from datetime import date, time, timedelta

import docx
import pytest
from django.urls import reverse

from accreditation import announcing, presets
from advisory import checklist
from advisory.freezing import own_routes
from advisory.models import AccessNotice
from advisory.publishing import publish
from advisory.renditions import render
from tests.builders import make_category, make_meeting, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """It announces how the press comes in, without an address."""
    meeting = make_meeting("Dialogue", slug="dialogue", url_year=2016)
    AccessNotice.objects.create(
        meeting=meeting, category="press", closes_on=date(2016, 9, 1), closes_time=time(18), opens_on=date(2016, 8, 1),
        opens_time=time(9),
    )  # fmt: skip
    return meeting


def page(edition, language="en"):
    return render(edition, {}, language, "page", at=edition.published_at).decode()


def data(edition, language="en"):
    return json.loads(render(edition, {}, language, "json", at=edition.published_at))


def test_notice_without_address_leads_to_our_own_form(meeting):
    category = presets.press(meeting)

    edition = publish(meeting, by=None)

    path = reverse("accreditation:start", args=[2016, "dialogue", category.slug])
    assert edition.facts["access_notices"][0]["route"] == "apply/press/"
    assert f'<a class="btn btn-primary btn-block" href="{path}">Apply as press</a>' in page(edition)
    assert "rel=" not in page(edition).split(path)[1].split(">")[0]


def test_form_is_that_of_the_pages_language(meeting, settings):
    presets.press(meeting)

    edition = publish(meeting, by=None)

    assert 'href="/fr/meetings/2016/dialogue/apply/press/"' in page(edition, "fr")
    assert data(edition, "fr")["registration"][0]["url"] == (
        f"{settings.SITE_URL}/fr/meetings/2016/dialogue/apply/press/"
    )


def test_machines_read_category_hours_and_address(meeting, settings):
    presets.press(meeting)

    edition = publish(meeting, by=None)

    assert data(edition)["registration"] == [
        {
            "category": "press",
            "opens_at": "2016-08-01T09:00:00-04:00",
            "closes_at": "2016-09-01T18:00:00-04:00",
            "url": f"{settings.SITE_URL}/meetings/2016/dialogue/apply/press/",
            "instruction": None,
        }
    ]


def test_paper_and_plain_text_name_the_full_address(meeting, settings):
    presets.press(meeting)
    edition = publish(meeting, by=None)

    text = render(edition, {}, "en", "txt", at=edition.published_at).decode()
    word = docx.Document(io.BytesIO(render(edition, {}, "en", "docx", at=edition.published_at)))

    address = f"{settings.SITE_URL}/meetings/2016/dialogue/apply/press/"
    assert f"Where to apply: {address}" in text
    assert any(address in paragraph.text for paragraph in word.paragraphs)


def test_outside_address_counts_before_our_own_form(meeting):
    presets.press(meeting)
    meeting.access_notices.update(address="https://apply.example.int/press")

    edition = publish(meeting, by=None)

    assert edition.facts["access_notices"][0]["route"] == ""
    assert "/apply/press/" not in page(edition)
    assert "On <bdi dir=\"ltr\">apply.example.int</bdi>" in page(edition)  # fmt: skip


def test_without_a_category_no_form_is_promised(meeting):
    edition = publish(meeting, by=None)

    assert edition.facts["access_notices"][0]["route"] == ""
    assert "apply/" not in page(edition)
    assert data(edition)["registration"][0]["url"] is None


def test_category_made_after_an_edition_is_not_on_it(meeting):
    edition = publish(meeting, by=None)

    category = presets.press(meeting)

    edition.refresh_from_db()
    assert "apply/" not in page(edition)
    category.meeting.refresh_from_db()
    assert announcing.public_differences(category) == [
        "The public page does not lead to the form of “Press” yet. Publish an update."
    ]
    update = publish(meeting, by=None)
    assert announcing.public_differences(category) == []
    assert "apply/press/" in page(update)


def test_category_with_the_notices_own_word_comes_before_another_of_its_route(meeting):
    make_category(meeting, slug="photographers", position=1)
    assert announcing.access_routes(meeting) == {"press": "apply/photographers/"}

    presets.press(meeting)
    presets.delegation_media(meeting)
    presets.observers(meeting)

    assert announcing.access_routes(meeting) == {
        "press": "apply/press/",
        "delegation_media": "apply/delegation-media/",
        "civil_society": "apply/observers/",
    }


def concerns(meeting):
    return [concern.sentence for concern in checklist.concerns(meeting) if concern.field == "access_notices"]


def test_checklist_is_silent_where_notice_and_category_agree(meeting):
    assert concerns(meeting) == ["Press: nothing says where or how to apply."]

    presets.press(meeting)

    assert concerns(meeting) == []


def test_checklist_tells_hours_that_differ_on_the_meetings_clock(meeting):
    category = presets.press(meeting)
    category.closes_at += timedelta(hours=2)
    category.opens_at = None
    category.save()

    assert concerns(meeting) == [
        "“Press” opens at no set time; the access notice says 1 August 2016, 09:00.",
        "“Press” closes 1 September 2016, 20:00; the access notice says 1 September 2016, 18:00.",
    ]


def test_notice_of_a_day_alone_agrees_with_any_hour_of_it(meeting):
    presets.press(meeting)

    meeting.access_notices.update(closes_time=None)

    assert concerns(meeting) == []


def test_checklist_tells_of_a_category_that_no_notice_announces(meeting):
    presets.press(meeting)
    presets.civil_society(meeting)

    assert concerns(meeting) == ["Applications are taken here for “Civil society”, but no access notice tells of them."]


def test_checklist_tells_of_a_notice_that_leads_elsewhere(meeting):
    presets.press(meeting)
    meeting.access_notices.update(address="https://apply.example.int/press")

    assert concerns(meeting) == [
        "“Press” is applied for here, but the access notice leads elsewhere. Empty its address to lead here."
    ]


def test_officer_who_moves_the_closing_is_told_to_publish_an_update(client, meeting):
    category = presets.press(meeting)
    publish(meeting, by=None)
    category.closes_at += timedelta(days=1)
    category.save()
    client.force_login(make_officer())

    found = announcing.public_differences(type(category).objects.get())

    assert found == [
        "“Press” closes 2 September 2016, 18:00; the access notice says 1 September 2016, 18:00. Publish an update, so "
        "that readers are told the same."
    ]


def test_freezing_asks_for_routes_once_whatever_the_number_of_notices(meeting, django_assert_num_queries):

    presets.press(meeting)
    presets.civil_society(meeting)

    with django_assert_num_queries(1):
        own_routes(meeting)

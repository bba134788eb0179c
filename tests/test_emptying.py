"""What ``once`` gives: the rows and the object that were made, in every test as they were made."""

import pytest

from advisory import publishing
from advisory.models import Meeting
from tests.builders import make_full_meeting, make_meeting
from tests.emptying import rows_of_models

seen = []


def make_public():
    make_full_meeting()
    return publishing.publish(make_full_meeting(slug="other", code="OTHER"), by=None).meeting


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_test_finds_the_rows_as_they_were_made_whatever_another_did(once, number):
    meeting = once(make_public)

    seen.append(rows_of_models())
    assert seen[-1] == seen[0]
    assert (meeting.title, len(seen[0]["advisory_meeting"])) == ("Informal interactive dialogue on early warning", 2)
    meeting.title = "Mine"
    meeting.save()


@pytest.mark.parametrize("codes", [["EARLIER", "LATER"], ["LATER"]])
def test_rows_that_were_there_before_are_no_part_of_it(once, codes):
    if "EARLIER" in codes:
        make_meeting(code="EARLIER", slug="earlier")

    once(make_later)

    assert list(Meeting.objects.order_by("code").values_list("code", flat=True)) == codes


def make_later():
    return make_meeting(code="LATER", slug="later")

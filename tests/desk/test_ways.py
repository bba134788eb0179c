"""Ways between the desk and the staff panel, and from a list to its export: shown to who may go them, and they lead."""

import pytest
from lxml import html

from accreditation.desk import exports
from accreditation.desk.exports import Chosen
from accreditation.models import Export
from accreditation.states import Status
from office.permissions import Role
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    category = make_category(make_meeting(code="DEW"))
    make_desk_policy(category.meeting)
    return category


@pytest.fixture
def ada(category):
    organization = make_organization("Example Times")
    return make_registration(Status.SUBMITTED, category=category, organization=organization)


def ways(client, path, start):
    page = html.fromstring(client.get(path).content.decode())
    return [link for link in page.xpath("//main//a/@href") if link.startswith(start)]


def case(registration):
    return f"/desk/registrations/{registration.reference}/"


def test_case_leads_to_the_records_of_person_and_organization_and_they_lead_back(client, ada):
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))

    person, organization = ways(client, case(ada), "/admin/")

    assert person == f"/admin/accreditation/registration/{ada.pk}/change/"
    assert organization == f"/admin/accreditation/organization/{ada.organization_id}/change/"
    assert case(ada) in client.get(person).content.decode()
    assert ways(client, organization, "/desk/?q=") == ["/desk/?q=Example+Times"]


@pytest.mark.parametrize(
    ("role", "number"),
    [(Role.LIAISON_OFFICER, 2), (Role.SUPERVISOR, 2), (Role.SECURITY_LIAISON, 1), (Role.ACCESS_FOCAL_POINT, 0)],
)
def test_each_role_is_shown_what_it_may_open(client, ada, role, number):
    client.force_login(make_officer(roles=[role]))

    found = ways(client, case(ada), "/admin/")

    assert len(found) == number
    assert [client.get(address).status_code for address in found] == [200] * number


def test_organization_of_a_person_at_risk_is_no_link(client, category):
    hidden = make_protected_registration(category=category, organization=make_organization())
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))

    assert ways(client, case(hidden), "/admin/") == [f"/admin/accreditation/registration/{hidden.pk}/change/"]


def test_officer_without_a_place_in_the_panel_is_shown_no_way_to_it(client, ada):
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER], is_staff=False))

    assert ways(client, case(ada), "/admin/") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "view=new"),
        ("view=flagged", "view=flagged"),
        ("view=waitlist&category=press-1", "view=waitlist&category=press-1"),
        ("q=ada", "q=ada"),
    ],
)
def test_list_leads_to_its_own_export(client, ada, query, expected):
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))

    [way] = ways(client, f"/desk/?meeting=DEW&{query}", "/desk/exports/DEW/?")

    assert way == f"/desk/exports/DEW/?{expected}"
    form = client.get(way).context["form"]
    assert {name: form[name].value() for name in ["view", "category", "q"] if form[name].value()} == dict(
        part.split("=") for part in expected.split("&")
    )


def test_export_of_a_view_holds_the_people_of_that_view(category, ada):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    mine = make_registration(Status.SUBMITTED, category=category, claimed_by=officer)
    flagged = make_registration(Status.SUBMITTED, category=category, hints=["double"])
    make_registration(Status.APPROVED, category=category)

    def listed(view):
        purpose = {"purpose": "Seats", "recipient": "Conference service"}
        export = exports.ask(category.meeting, kind="csv", by=officer, chosen=Chosen(view=view), **purpose)
        return sorted(export.disclosures.values_list("registration__reference", flat=True))

    assert listed("mine") == [mine.reference]
    assert listed("flagged") == [flagged.reference]
    assert listed("new") == sorted(row.reference for row in [ada, mine, flagged])
    assert len(listed("")) == 4


def test_who_may_export_reads_the_list_of_all_exports(client, category, ada):
    maker = make_officer("maker", roles=[Role.LIAISON_OFFICER])
    purpose = {"purpose": "Seats", "recipient": "Conference service"}
    exports.ask(category.meeting, kind="csv", by=maker, chosen=Chosen(), **purpose)
    other = make_registration(Status.SUBMITTED)
    exports.ask(other.meeting, kind="csv", by=maker, chosen=Chosen(), purpose="Elsewhere", recipient="Nobody")
    client.force_login(make_officer(roles=[Role.SUPERVISOR], meeting=category.meeting))

    [way] = ways(client, "/desk/exports/DEW/", "/admin/accreditation/export/")
    page = client.get(way).content.decode()

    assert ("Seats" in page, "Elsewhere" in page) == (True, False)
    own = Export.objects.get(purpose="Seats")
    assert client.get(f"/admin/accreditation/export/{own.pk}/change/").status_code == 200
    assert client.post(f"/admin/accreditation/export/{own.pk}/change/", {"purpose": "x"}).status_code == 403


def test_data_protection_officer_reads_it_too(client, ada):
    client.force_login(make_officer(roles=[Role.DATA_PROTECTION_OFFICER]))

    assert client.get("/admin/accreditation/export/").status_code == 200

"""The page of the papers, as a browser without script uses it."""

import pytest

from accreditation.models import Evidence
from tests.accreditation.sent_files import (
    LETTER,
    file,
    make_draft,
    open_link,
    page_address,
    pdf,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    private = settings.STORAGES["private"] | {}
    private["OPTIONS"] = private["OPTIONS"] | {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "files"


def test_letter_is_kept_as_it_arrives_and_shown(client):
    draft = make_draft((LETTER, {}))
    open_link(client, draft)

    answer = client.post(page_address(draft), {LETTER: file(pdf(pages=2), "assignment.pdf"), "upload": LETTER})

    row = Evidence.objects.get()
    assert (row.registration, row.kind, row.name, row.media_type, row.pages) == (
        draft, LETTER, "assignment.pdf", "application/pdf", 2,
    )  # fmt: skip
    assert answer.url == f"{page_address(draft)}?saved={LETTER}#paper-{LETTER}"
    page = client.get(answer.url).content.decode()
    assert "assignment.pdf" in page
    assert "2 pages" in page
    assert "It is kept even if you close this page." in page

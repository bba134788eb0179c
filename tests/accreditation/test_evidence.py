"""Papers checked, kept sealed, taken back and forgotten."""

import hashlib
import io
import threading
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation import evidence
from accreditation.evidence import keeping
from accreditation.models import Delegation, Evidence, EvidenceRule
from accreditation.states import EvidenceKind, IdentityRule, Medium, Status
from config.field_keys import Ring
from office import encryption, uploads
from office.jobs import remove_orphans
from office.worker import periodic_jobs
from tests.accreditation.sent_files import (
    IDENTITY,
    LETTER,
    PORTRAIT,
    SAMPLE,
    file,
    make_draft,
    pdf,
    photo_with_place,
    picture,
)
from tests.builders import make_category, make_meeting, make_organization, make_registration, make_sitting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
CANARY, NEW = "Qwyzzle-4e1d", bytes(range(32))


def stored(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def kinds(rules):
    return [str(rule.kind) for rule in rules]


def refusal_of(call, *args):
    with pytest.raises(uploads.Refused) as refused:
        call(*args)
    return refused.value.reason


def test_missing_papers_are_counted_by_kind_and_medium():
    draft = make_draft(
        (LETTER, {}), (SAMPLE, {"asked_of": Medium.PRINT, "least": 2, "most": 3}),
        (EvidenceKind.COMMISSION, {"asked_of": Medium.FILM}), (PORTRAIT, {"least": 0}),
    )  # fmt: skip
    evidence.add(draft, SAMPLE, file(picture(), "one.jpg"))
    first = kinds(evidence.missing(draft))
    draft.answers = {"samples": ["https://example.org/1"]}
    evidence.add(draft, LETTER, file())

    assert kinds(evidence.asked(draft)) == [LETTER, SAMPLE, PORTRAIT]
    assert first == [LETTER, SAMPLE]
    assert evidence.missing(draft) == []


def test_rule_of_a_medium_goes_before_the_rule_of_everybody():
    draft = make_draft((SAMPLE, {"least": 0}), (SAMPLE, {"asked_of": Medium.PRINT, "least": 2, "most": 2}))

    assert [(rule.least, rule.asked_of) for rule in evidence.asked(draft)] == [(2, Medium.PRINT)]


def test_settings_of_the_category_imply_portrait_and_copy_of_the_document():
    draft = make_draft((LETTER, {}), category={"asks_portrait": True, "identity": IdentityRule.COPY})

    assert kinds(evidence.asked(draft)) == [LETTER, PORTRAIT, IDENTITY]
    draft.attending = "remote"
    assert kinds(evidence.asked(draft)) == [LETTER, IDENTITY]


@pytest.mark.parametrize(
    ("born", "is_asked"), [("2000-09-07", True), ("2000-09-06", False), (None, False)], ids=["17", "18", "unknown"]
)
def test_only_minors_on_the_first_day_are_asked_for_a_chaperone_agreement(born, is_asked):
    agreement = EvidenceKind.CHAPERONE_AGREEMENT
    draft = make_draft((agreement, {}), category={"chaperone_below": 18}, identity={"birth_date": born})
    draft.meeting.sittings.all().delete()
    make_sitting(draft.meeting, date=date(2018, 9, 6))
    make_sitting(draft.meeting, date=date(2018, 9, 8))

    assert kinds(evidence.asked(draft)) == [agreement] * is_asked


def test_kept_file_opens_for_its_row_alone(private_files):
    first, second = (evidence.add(make_draft((LETTER, {})), LETTER, file()) for _ in range(2))

    assert evidence.read(first).startswith(b"%PDF-")
    assert (first.digest == second.digest, len(first.digest)) == (False, 64)
    assert first.digest != hashlib.sha256(pdf()).hexdigest()
    path = private_files / "sealed" / first.stored_as[:2] / first.stored_as
    path.write_bytes((private_files / "sealed" / second.stored_as[:2] / second.stored_as).read_bytes())
    with pytest.raises(encryption.CannotOpen):
        evidence.read(first)


def test_portrait_is_bounded_and_letters_keep_what_can_be_read():
    draft = make_draft((PORTRAIT, {}), (LETTER, {}))
    large = picture(size=(3000, 2000))

    portrait, letter = (evidence.add(draft, kind, file(large, "a.jpg")) for kind in (PORTRAIT, LETTER))

    assert uploads.photo(evidence.read(portrait)).width == 1200
    assert uploads.photo(evidence.read(letter)).width == 2400


def test_place_of_a_photo_is_gone_from_what_is_served():
    draft = make_draft((PORTRAIT, {}))
    data = photo_with_place(CANARY)
    assert data.count(CANARY.encode()) == 2

    row = evidence.add(draft, PORTRAIT, file(data, "me.jpg"))

    for kept in (evidence.read(row), evidence.preview(row, 1, max_edge=280)[1]):
        assert kept.startswith(b"\xff\xd8\xff")
        assert b"Exif" not in kept
        assert CANARY.encode() not in kept


def test_pages_are_drawn_as_pictures_and_there_is_no_page_after_the_last():
    row = evidence.add(make_draft((LETTER, {})), LETTER, file(pdf(pages=2)))

    media_type, data = evidence.preview(row, 2, max_edge=280)

    drawn = uploads.photo(data)
    assert (media_type, max(drawn.width, drawn.height)) == ("image/png", 280)
    for page in (0, 3):
        with pytest.raises(IndexError):
            evidence.preview(row, page, max_edge=280)


def test_refused_upload_leaves_no_file_and_no_row(private_files):
    draft = make_draft((SAMPLE, {"most": 2}))
    category = draft.category
    category.most_bytes = 10
    category.save()

    assert refusal_of(evidence.add, draft, SAMPLE, file()) == "too_much"
    assert (Evidence.objects.count(), stored(private_files)) == (0, [])


def test_file_goes_when_its_row_does_not_come_to_be(private_files, monkeypatch):
    def broken(self, rows):
        assert len(stored(private_files)) == len(rows) == 1  # written before its row
        raise RuntimeError("The database went away.")

    monkeypatch.setattr(type(Evidence.objects), "bulk_create", broken)

    with pytest.raises(RuntimeError):
        evidence.add(make_draft((LETTER, {})), LETTER, file())
    assert stored(private_files) == []


def test_each_file_of_several_becomes_what_it_would_alone(private_files):
    draft = make_draft((LETTER, {}), (SAMPLE, {"most": 2}))
    sent = [
        (LETTER, file(pdf("first"), "first.pdf")),
        (LETTER, file(pdf("second"), "second.pdf")),  # of two for one place the later stands
        (LETTER, file(b"none", "none.pdf")),
        (SAMPLE, file(picture(colour="red"), "red.jpg")),
        (SAMPLE, file(picture(colour="red"), "again.jpg")),
        (SAMPLE, file(picture(colour="blue"), "blue.jpg")),
        (SAMPLE, file(picture(colour="green"), "green.jpg")),
        (PORTRAIT, file(picture(), "me.jpg")),
    ]

    found = evidence.add_all(draft, sent)

    assert [getattr(one, "name", None) or one.reason for one in found] == [
        "second.pdf", "second.pdf", "not_document", "red.jpg", "red.jpg", "blue.jpg", "too_many", "not_asked",
    ]  # fmt: skip
    assert [row.name for row in evidence.kept(draft)] == ["second.pdf", "red.jpg", "blue.jpg"]
    assert [row.name for row in Evidence.objects.all()] == ["second.pdf", "red.jpg", "blue.jpg"]
    assert len(stored(private_files)) == 3


def test_file_that_the_disk_refuses_leaves_the_others(private_files, monkeypatch):
    draft = make_draft((LETTER, {}), (SAMPLE, {}))
    sealing = keeping.store_sealed

    def full(data, *, bound_to):
        if len(stored(private_files)):
            raise OSError("No space left on device")
        return sealing(data, bound_to=bound_to)

    monkeypatch.setattr(keeping, "store_sealed", full)

    kept, lost = evidence.add_all(draft, [(LETTER, file()), (SAMPLE, file(picture(), "a.jpg"))])

    assert (list(Evidence.objects.all()), type(lost)) == ([kept], OSError)


def test_three_files_take_the_statements_of_one(private_files):
    taken = []
    for number in [1, 3]:
        draft = make_draft((SAMPLE, {"most": 5}))
        files = [(SAMPLE, file(picture(size=(10, 10 + n)), f"{n}.jpg")) for n in range(number)]
        with CaptureQueriesContext(connection) as queries:
            evidence.add_all(draft, files)
            assert len(evidence.kept(draft)) == number
        taken.append(len(queries))

    assert taken[0] == taken[1]


def test_add_refuses_to_stand_in_a_transaction_that_could_roll_back():
    draft = make_draft((LETTER, {}))

    with pytest.raises(RuntimeError), transaction.atomic():
        evidence.add(draft, LETTER, file())


def test_replaced_paper_of_a_sent_application_stays_as_history(private_files):
    draft = make_draft((LETTER, {}))
    first = evidence.add(draft, LETTER, file(pdf("first")))
    draft.status = Status.INFO_REQUESTED
    draft.save()

    second = evidence.add(draft, LETTER, file(pdf("second")))

    first.refresh_from_db()
    assert (first.replaced_at, second.replaced_at) == (second.added_at, None)
    assert evidence.kept(draft) == [second]
    assert len(stored(private_files)) == 2


@pytest.mark.parametrize("status", [status for status in Status if status not in evidence.TAKES_PAPERS])
def test_application_on_its_way_or_ended_takes_and_gives_back_no_paper(status):
    draft = make_draft((LETTER, {}))
    row = evidence.add(draft, LETTER, file())
    draft.status = status
    draft.offer_until = timezone.now() if status == Status.OFFERED else None
    draft.save()

    assert refusal_of(evidence.add, draft, LETTER, file(pdf("other"))) == "sent"
    assert refusal_of(evidence.remove, row) == "sent"
    assert evidence.kept(draft) == [row]


def test_application_that_was_discarded_meanwhile_is_told_in_words(private_files):
    draft = make_draft((LETTER, {}))
    type(draft).objects.all().delete()

    assert refusal_of(evidence.add, draft, LETTER, file()) == "gone"
    assert stored(private_files) == []


def test_upload_lengthens_the_life_of_the_draft():
    draft = make_draft((LETTER, {}))
    at = draft.saved_at + timezone.timedelta(days=3)

    evidence.add(draft, LETTER, file(), at=at)

    draft.refresh_from_db()
    assert draft.saved_at == at


def test_forgotten_application_keeps_no_file_and_others_keep_theirs(private_files, django_capture_on_commit_callbacks):
    one, other = make_draft((LETTER, {})), make_draft((LETTER, {}))
    for draft in (one, other):
        evidence.add(draft, LETTER, file(pdf("first")))
    one.status = Status.INFO_REQUESTED
    one.save()
    evidence.add(one, LETTER, file(pdf("second")))

    with django_capture_on_commit_callbacks(execute=True):
        count = evidence.forget(one)

    assert count == 2
    assert [row.registration for row in Evidence.objects.all()] == [other]
    assert len(stored(private_files)) == 1


def test_files_stay_when_the_forgetting_is_rolled_back(private_files):
    draft = make_draft((LETTER, {}))
    evidence.add(draft, LETTER, file())

    with pytest.raises(RuntimeError), transaction.atomic():
        evidence.forget(draft)
        raise RuntimeError

    assert (Evidence.objects.count(), len(stored(private_files))) == (1, 1)


def test_files_without_a_row_go_after_a_day_and_no_others(private_files):
    kept, lost = (evidence.add(make_draft((LETTER, {})), LETTER, file()) for _ in range(2))
    type(lost.registration).objects.filter(pk=lost.registration_id).delete()  # takes the row along, not the file
    day, minute, now = timezone.timedelta(days=1), timezone.timedelta(minutes=1), timezone.now()

    early = remove_orphans(at=now + day - minute)
    late = remove_orphans(at=now + day + minute)

    assert (early, late) == (0, 1)
    assert [(job.run, job.every) for job in periodic_jobs() if job.name == "remove_orphans"] == [(remove_orphans, day)]
    assert [path.name for path in stored(private_files)] == [kept.stored_as]


def test_letter_of_the_delegation_counts_for_each_member():
    category = make_category(make_meeting(url_year=2016))
    EvidenceRule.objects.create(category=category, kind=EvidenceKind.DESIGNATION_LETTER)
    delegation = Delegation.objects.create(
        category=category, organization=make_organization(), lead_name="Lee Example", lead_email="lee@example.org"
    )
    member = make_registration(category=category, delegation=delegation)
    stranger = make_registration(category=category)

    row = evidence.add(delegation, EvidenceKind.DESIGNATION_LETTER, file())
    again = evidence.add(delegation, EvidenceKind.DESIGNATION_LETTER, file())

    assert (row, row.delegation, row.registration) == (again, delegation, None)
    assert evidence.missing(member) == []
    assert kinds(evidence.missing(stranger)) == [EvidenceKind.DESIGNATION_LETTER]
    assert refusal_of(evidence.add, delegation, PORTRAIT, file(picture())) == "not_asked"


def test_newest_key_seals_kept_files_anew(settings, private_files):
    row = evidence.add(make_draft((LETTER, {})), LETTER, file())
    before, name = evidence.read(row), row.name
    path = private_files / "sealed" / row.stored_as[:2] / row.stored_as
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = Ring({2: NEW} | old.keys, old.lookup)

    call_command("rotate_keys")

    assert path.read_bytes()[:2] == bytes([1, 2])
    settings.FIELD_KEYS = Ring({2: NEW}, old.lookup)
    row = Evidence.objects.get()
    assert (evidence.read(row), row.name) == (before, name)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_file_is_in_database_storage_or_log(private_files, caplog):
    draft = make_draft((LETTER, {}), (SAMPLE, {}), (PORTRAIT, {"least": 0}))
    letter, photo = file(pdf(CANARY), f"{CANARY}.pdf"), file(photo_with_place(CANARY), f"{CANARY}.jpg")
    caplog.set_level("DEBUG")

    evidence.add(draft, LETTER, letter)
    evidence.add(draft, SAMPLE, photo)
    with pytest.raises(uploads.Refused):
        evidence.add(draft, PORTRAIT, file(pdf(CANARY), f"{CANARY} two.pdf"))

    assert [row.name for row in evidence.kept(draft)] == [f"{CANARY}.pdf", f"{CANARY}.jpg"]
    letter = pikepdf.open(io.BytesIO(evidence.read(evidence.kept(draft)[0])))
    assert CANARY.encode() in letter.pages[0].Contents.read_bytes()
    assert draft.reference.encode() in at_rest()
    assert CANARY.encode() not in at_rest()
    kept = b"".join(path.read_bytes() for path in stored(private_files))
    assert len(stored(private_files)) == 2
    assert (CANARY.encode() in kept, b"%PDF" in kept, b"JFIF" in kept) == (False, False, False)
    assert CANARY not in caplog.text


def at_rest():
    """Every byte of the database: SQLite's files, or each row of each table of PostgreSQL as text and as bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            name = Path(connection.settings_dict["NAME"])
            return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [bytes(value) if isinstance(value, memoryview) else str(value).encode()
                     for row in cursor.fetchall() for value in row]  # fmt: skip
        return b"\n".join(rows)


@pytest.mark.django_db(transaction=True)
def test_same_file_sent_by_several_at_once_is_one_row_and_one_file(private_files):
    draft = make_draft((SAMPLE, {"most": 5}))
    data, found, faults = pdf(), [], []

    def send():
        try:
            found.append(evidence.add(type(draft).objects.get(pk=draft.pk), SAMPLE, file(data)).pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert set(found) == {Evidence.objects.get().pk}
    assert len(stored(private_files)) == 1


@pytest.mark.django_db(transaction=True)
def test_several_files_sent_at_once_never_pass_the_limit(private_files):
    draft = make_draft((SAMPLE, {"most": 2}))
    answers = []

    def send(number):
        try:
            evidence.add(type(draft).objects.get(pk=draft.pk), SAMPLE, file(picture(size=(40, 40 + number)), "a.jpg"))
            answers.append("taken")
        except uploads.Refused as refused:
            answers.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["taken", "taken", "too_many", "too_many"]
    assert (Evidence.objects.count(), len(stored(private_files))) == (2, 2)

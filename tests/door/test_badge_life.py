"""What officers do with cards: every act in every state, who did it, and that nothing happens twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import badges, erasing, workflow
from accreditation.badges import BadgeRefused
from accreditation.models import Badge, BadgeEntry, MeetingBook
from accreditation.states import Actor, BadgeAct, BadgeState, Status, WhyReplaced
from tests.builders import make_badge, make_category, make_desk_policy, make_officer, make_registration

pytestmark = pytest.mark.django_db
ISSUED, PRINTED, COLLECTED, VOID = BadgeState
LOST = "lost"  # and so void, but not replaced
STATES = [ISSUED, PRINTED, COLLECTED, VOID, LOST]
VOID_SAID, OVER_SAID = "This badge is void.", "This badge is collected already."
EARLY, TWICE = (
    "This badge is not printed yet.",
    "This badge is printed already. Replace it: then the first card opens nothing.",
)
SAID = {
    (BadgeAct.PRINT, PRINTED): TWICE,
    (BadgeAct.PRINT, COLLECTED): TWICE,
    (BadgeAct.PRINT, VOID): VOID_SAID,
    (BadgeAct.PRINT, LOST): VOID_SAID,
    (BadgeAct.HAND_OVER, ISSUED): EARLY,
    (BadgeAct.HAND_OVER, COLLECTED): OVER_SAID,
    (BadgeAct.HAND_OVER, VOID): VOID_SAID,
    (BadgeAct.HAND_OVER, LOST): VOID_SAID,
    (BadgeAct.LOSE, ISSUED): EARLY,
    (BadgeAct.LOSE, VOID): VOID_SAID,
    (BadgeAct.LOSE, LOST): VOID_SAID,
    (BadgeAct.REPLACE, ISSUED): EARLY,
    (BadgeAct.REPLACE, VOID): VOID_SAID,
}


@pytest.fixture
def officer():
    return make_officer("badges")


def badge_in(state, **fields):
    now = timezone.now()
    if state in {VOID, LOST}:
        fields = {"voided_at": now, "void_reason": "withdraw" if state == VOID else "lost"} | fields
    return make_badge(state=VOID if state == LOST else state, **fields)


def carry_out(act, badge, officer):
    """Whether something was done."""
    if act == BadgeAct.PRINT:
        if badges.mark_printed([badge.pk], by=officer) != 1:
            raise BadgeRefused(badges._refusal(badge, act, timezone.now()))
    elif act == BadgeAct.HAND_OVER:
        badges.hand_over(badge, by=officer, is_id_seen=True)
    elif act == BadgeAct.LOSE:
        badges.lose(badge, by=officer)
    else:
        badges.replace(badge, by=officer, why=WhyReplaced.DAMAGED)


def row_of(badge):
    return Badge.objects.filter(pk=badge.pk).values().get()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", BadgeAct)
def test_act_is_done_or_refused_with_its_sentence(act, state, officer):
    badge = badge_in(state)
    before = row_of(badge)

    if sentence := SAID.get((act, state)):
        with pytest.raises(BadgeRefused) as refused:
            carry_out(act, badge, officer)
        assert str(refused.value) == sentence
        assert row_of(badge) == before
        assert not BadgeEntry.objects.exists()
        assert act not in badges.may(Badge.objects.get())
    else:
        assert act in badges.may(Badge.objects.get())
        carry_out(act, badge, officer)
        entry = BadgeEntry.objects.get()
        assert (entry.badge, entry.act, entry.by) == (badge, act, officer)


@pytest.mark.parametrize("act", BadgeAct)
@pytest.mark.parametrize("state", [ISSUED, PRINTED, COLLECTED, LOST])
def test_nothing_is_done_while_the_approval_can_be_undone(act, state, officer):
    badge = badge_in(state)
    type(badge.registration).objects.update(held_until=timezone.now() + timedelta(seconds=30))

    with pytest.raises(BadgeRefused):
        carry_out(act, badge, officer)

    assert row_of(badge)["state"] == badge.state


@pytest.mark.parametrize("act", BadgeAct)
def test_nothing_is_done_with_the_badge_of_somebody_who_is_not_accredited_any_more(act, officer):
    badge = badge_in(LOST)
    type(badge.registration).objects.update(status=Status.WITHDRAWN)

    with pytest.raises(BadgeRefused):
        carry_out(act, badge, officer)

    assert Badge.objects.count() == 1


# To print


def test_held_decision_is_not_ready_until_it_is_final(officer):
    category = make_category(hold_seconds=30)
    registration = make_registration(Status.SUBMITTED, category=category)
    at = timezone.now()
    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer, at=at)
    badge = Badge.objects.get()

    assert list(Badge.objects.ready(at=at + timedelta(seconds=29))) == []
    assert badges.mark_printed([badge.pk], by=officer, at=at + timedelta(seconds=29)) == 0
    assert list(Badge.objects.ready(at=at + timedelta(seconds=30))) == [badge]
    assert badges.mark_printed([badge.pk], by=officer, at=at + timedelta(seconds=30)) == 1


def test_badge_that_ended_meanwhile_is_passed_over_in_a_batch(officer):
    kept, ended = badge_in(ISSUED), badge_in(VOID)

    assert badges.mark_printed([kept.pk, ended.pk], by=officer) == 1

    kept.refresh_from_db()
    ended.refresh_from_db()
    assert (kept.state, kept.printed_at is not None) == (PRINTED, True)
    assert (ended.state, ended.printed_at) == (VOID, None)


# To hand over


def test_hand_over_says_to_whom_and_by_which_officer(officer):
    badge = badge_in(PRINTED)
    at = timezone.now()

    badges.hand_over(badge, by=officer, is_id_seen=True, collected_by="Ben Example", at=at)

    badge.refresh_from_db()
    assert (badge.state, badge.collected_at, badge.collected_by) == (COLLECTED, at, "Ben Example")
    assert (badge.is_id_seen, badge.handed_by) == (True, officer)


def test_hand_over_is_refused_without_a_document(officer):
    badge = badge_in(PRINTED)

    with pytest.raises(BadgeRefused) as refused:
        badges.hand_over(badge, by=officer, is_id_seen=False)

    assert str(refused.value) == "Look at an identity document first, and tick that you saw it."
    assert row_of(badge)["state"] == PRINTED


def test_second_officer_who_hands_over_is_refused_after_the_first(officer):
    seen_by_both = badge_in(PRINTED)
    badges.hand_over(Badge.objects.get(), by=officer, is_id_seen=True)

    with pytest.raises(BadgeRefused) as refused:
        badges.hand_over(seen_by_both, by=make_officer("second"), is_id_seen=True)

    assert str(refused.value) == OVER_SAID
    assert Badge.objects.get().handed_by == officer


def test_guarded_update_refuses_where_no_row_is_locked(officer):
    badge = badge_in(PRINTED)
    stale = Badge.objects.get()
    Badge.objects.update(state=COLLECTED)

    with pytest.raises(BadgeRefused) as refused:
        badges._change(stale, BadgeAct.LOSE, by=officer, at=timezone.now(), state=VOID, voided_at=timezone.now())

    assert str(refused.value) == "Somebody else has just changed this badge. Look at it again."
    assert row_of(badge)["state"] == COLLECTED


# Lost and replaced


def test_replacement_ends_the_old_code_and_takes_the_next_number(officer):
    old = badge_in(COLLECTED)

    new = badges.replace(old, by=officer, why=WhyReplaced.DAMAGED, note="Left in the rain")

    old.refresh_from_db()
    assert (old.state, old.void_reason) == (VOID, "damaged")
    assert (new.state, new.number, new.replaces) == (ISSUED, old.number + 1, old)
    assert new.serial != old.serial
    assert (new.zones, new.letter, new.registration) == (old.zones, old.letter, old.registration)
    entry = BadgeEntry.objects.get()
    assert (entry.badge, entry.why, entry.note) == (old, "damaged", "Left in the rain")
    assert MeetingBook.objects.get().badge_number == new.number


def test_lost_badge_is_replaced_once_and_keeps_its_reason(officer):
    badge = badges.lose(badge_in(COLLECTED), by=officer, why=WhyReplaced.STOLEN)

    new = badges.replace(badge, by=officer, why=WhyReplaced.STOLEN)
    with pytest.raises(BadgeRefused):
        badges.replace(badge, by=officer, why=WhyReplaced.STOLEN)

    badge.refresh_from_db()
    assert (badge.state, badge.void_reason, badge.replaced_by) == (VOID, "stolen", new)
    assert list(BadgeEntry.objects.values_list("act", flat=True)) == ["lose", "replace"]
    assert Badge.objects.count() == 2


def test_replacement_that_fails_leaves_the_old_code_valid(officer, monkeypatch):
    old = badge_in(COLLECTED)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(badges, "issue", fail)
    with pytest.raises(RuntimeError):
        badges.replace(old, by=officer, why=WhyReplaced.DAMAGED)

    assert row_of(old)["state"] == COLLECTED
    assert not BadgeEntry.objects.exists()


@pytest.mark.parametrize("why", ["", "a reason of nobody"])
def test_replacement_asks_why(why, officer):
    with pytest.raises(BadgeRefused) as refused:
        badges.replace(badge_in(COLLECTED), by=officer, why=why)

    assert str(refused.value) == "Say why it is replaced."


def test_only_what_is_away_is_lost(officer):
    with pytest.raises(BadgeRefused):
        badges.lose(badge_in(COLLECTED), by=officer, why=WhyReplaced.MISPRINT)


def test_badge_of_a_revoked_person_cannot_be_replaced(officer):
    badge = badge_in(COLLECTED)
    make_desk_policy(badge.meeting)
    workflow.apply(badge.registration, "revoke", actor=Actor.SUPERVISOR, by=officer, ground="conduct", reason="Lent.")

    with pytest.raises(BadgeRefused):
        badges.replace(badge, by=officer, why=WhyReplaced.LOST)

    assert Badge.objects.count() == 1


def test_erasing_takes_the_names_of_those_who_collected(officer):
    badge = badge_in(PRINTED)
    badges.hand_over(badge, by=officer, is_id_seen=True, collected_by="Ben Example")
    workflow.apply(badge.registration, "withdraw", actor=Actor.APPLICANT)

    erasing.erase(badge.registration)

    badge.refresh_from_db()
    assert badge.collected_by == ""
    assert set(BadgeEntry.objects.values_list("note", flat=True)) == {""}

"""A meeting's state as the panel shows it: a word, a shape and a colour, in that order of importance."""

from django.template.loader import render_to_string

from advisory.words import MeetingStatus

SHAPES = {
    MeetingStatus.DRAFT: "ring",
    MeetingStatus.CONFIRMED: "tick",
    MeetingStatus.POSTPONED: "diamond",
    MeetingStatus.CANCELLED: "octagon",
}


def state(meeting):
    status = MeetingStatus(meeting.status)
    return render_to_string("admin/_state.html", {"word": status.label, "tone": status.value, "shape": SHAPES[status]})

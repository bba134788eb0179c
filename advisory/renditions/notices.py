"""The notices that stand on an edition, as its forms say them: newest in full, earlier ones in a line."""

from advisory.renditions import times, wording
from advisory.words import EditionKind

SHAPES = {  # tone and shape; the word comes first
    EditionKind.FIRST: ("info", "open"),
    EditionKind.UPDATE: ("info", "change"),
    EditionKind.CORRECTION: ("warning", "change"),
    EditionKind.POSTPONED: ("warning", "clock"),
    EditionKind.CANCELLED: ("danger", "stop"),
    EditionKind.REMINDER: ("info", "todo"),
    EditionKind.TYPO: ("info", "todo"),
    EditionKind.TRANSLATION: ("info", "part"),
}


def moment(telling, instant):
    """29 August 2016, 14:10 New York: on the meeting's clock."""
    return f"{wording.moment(instant.astimezone(telling.zone))} {times.place(telling)}"

"""What the door's page says by itself, without network: handed to its script as one piece of JSON, in one language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation import words

# key in the script: sentence; {names} in braces are filled by the script
APP = {
    "online": _("Online"),
    "offline": _("Offline"),
    "waiting": _("To send: {count}"),
    "inside": _("Inside: {count}"),
    "places": _("Places left: {count}"),
    "hold": _("Hold the badge in the frame"),
    "no_camera": _("There is no camera here. Type the code, or use a scanner."),
    "start_camera": _("Start the camera"),
    "torch": pgettext_lazy("door", "Light"),
    "next": _("Scan next"),
    "let_in": pgettext_lazy("door", "Let in"),
    "refuse": pgettext_lazy("door", "Refuse"),
    "undo": pgettext_lazy("door", "Take back"),
    "since": _("Since {time}, {gate}"),
    "escort": _("With an escort"),
    "stale": _("The list of void badges is out of date."),
    "clock": _("The clock of this device is wrong."),
    "revoked": _("This device may not scan any more."),
    "sent": _("Everything is sent."),
    "why": _("Why?"),
}


def for_script():
    """Verdicts, reasons and sentences by their keys, in the language of the page."""
    return {
        "verdicts": {str(verdict): str(word) for verdict, word in words.VERDICT.items()},
        "reasons": {str(reason): str(sentence) for reason, sentence in words.SCAN_REASON.items()},
        "directions": {str(direction): str(word) for direction, word in words.DIRECTION.items()},
        "app": {key: str(sentence) for key, sentence in APP.items()},
    }

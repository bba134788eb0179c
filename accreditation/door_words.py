"""What the door's page says by itself, without network: handed to its script as one piece of JSON, in one language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation import words

NOT_SENT = _("Scans not sent yet: {count}")

# key in the script: sentence; {names} in braces are filled by the script
APP = {
    "online": pgettext_lazy("door", "Online"),
    "offline": _("Offline"),
    "to_send": _("To send"),
    "inside_now": _("Inside"),
    "places_left": _("Places left"),
    "list_of": _("List of void badges"),
    "no_list": _("This device holds no list yet. Connect it once."),
    "direction": _("Direction"),
    "camera_on": _("Start the camera"),
    "camera_off": _("Stop the camera"),
    "in_frame": _("Hold the badge in the frame"),
    "no_camera": _("There is no camera here. Type the code, or use a scanner."),
    "torch": pgettext_lazy("door", "Light"),
    "type_code": _("Or type the code"),
    "check_code": pgettext_lazy("button", "Check"),
    "last": pgettext_lazy("door", "Last"),
    "since": _("Since {time}, {gate}"),
    "hold": pgettext_lazy("door", "Hold"),
    "scan_next": _("Scan next"),
    "undo": pgettext_lazy("door", "Take back"),
    "let_in": pgettext_lazy("door", "Let in"),
    "refuse": pgettext_lazy("door", "Refuse"),
    "overrule": _("Supervisor"),
    "why": _("Why?"),
    "not_known": _("This device is not known any more. Enrol it again."),
    "new_key": _(
        "The badge may be newer than what this device holds. Connect it and scan again, or ask the supervisor."
    ),
    "not_sent": NOT_SENT,
    "not_kept": _("This device cannot store its scans. Leave this page open and connect it."),
    "failed": _("That did not work. Try again."),
}


def for_script():
    """Verdicts, reasons and sentences by their keys, in the language of the page."""
    return {
        "verdicts": {str(verdict): str(word) for verdict, word in words.VERDICT.items()},
        "reasons": {str(reason): str(sentence) for reason, sentence in words.SCAN_REASON.items()},
        "directions": {str(direction): str(word) for direction, word in words.DIRECTION.items()},
        "app": {key: str(sentence) for key, sentence in APP.items()},
    }

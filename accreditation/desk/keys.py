"""The desk's shortcuts: one letter for each command, which an officer may change or switch off (WCAG 2.1.4)."""

from django.utils.translation import gettext_lazy as _

COMMANDS = {
    "approve": ("a", _("Approve")),
    "ask": ("i", _("Ask for more information")),
    "decline": ("d", _("Decline")),
    "assign": ("s", _("Assign to a colleague")),
    "undo": ("u", _("Undo the last decision")),
    "next": ("n", _("Open the next application")),
    "down": ("j", _("One further down the list")),
    "up": ("k", _("One further up the list")),
    "search": ("/", _("Search")),
    "help": ("?", _("Show the shortcuts")),
}
IS_OFF = "is_off"


def of(officer):
    """{command: letter}; empty for an officer who has switched them off."""
    chosen = officer.desk_keys
    if chosen.get(IS_OFF):
        return {}
    return {command: chosen.get(command, usual) for command, (usual, _words) in COMMANDS.items()}


def choose(officer, letters, *, is_off):
    """Keep an officer's choice; ``letters`` is {command: letter}."""
    changed = {command: letter for command, letter in letters.items() if letter != COMMANDS[command][0]}
    officer.desk_keys = changed | ({IS_OFF: True} if is_off else {})
    officer.save(update_fields=["desk_keys"])

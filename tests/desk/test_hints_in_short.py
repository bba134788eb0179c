"""What a line of the queue says of its hints: each code that is kept has a word, and none of identity data."""

import ast
from pathlib import Path

from accreditation import checks
from accreditation.checks.hints import IN_SHORT


def kept_codes():
    """Codes with which the checks make a Hint that needs a look and is not sealed, as their source says."""
    found = set()
    for path in Path(checks.__file__).parent.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Hint" and len(call.args) == 4:
                code, severity = call.args[:2]
                if getattr(severity, "id", "") == "LOOK":
                    found.add(getattr(code, "value", None) or {"DOUBLE": checks.near.DOUBLE}[code.id])
    return found


def test_every_hint_that_is_kept_has_a_word_of_its_own():
    assert kept_codes() == set(IN_SHORT)
    assert len({str(word) for word in IN_SHORT.values()}) == len(IN_SHORT)

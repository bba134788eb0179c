"""What a check says to the officer: never a verdict, always with how it is known."""

from dataclasses import dataclass

LOOK, INFO, OK = "look", "info", "ok"
ORDER = [LOOK, INFO, OK]


@dataclass(frozen=True)
class Hint:
    """``is_sealed`` where it tells of identity data, which the security liaison alone reads (class C3)."""

    code: str
    severity: str
    sentence: str
    known: str
    is_sealed: bool = False

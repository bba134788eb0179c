"""Public figures in which nobody can be counted: numbers under five are left out, and what would give them away too.

Decision 18 says which tables may stand beside each other.
"""

from dataclasses import dataclass

from accreditation.desk import figures

LEAST = 5
TOGETHER = 2 * LEAST  # what those left out add up to, at least


@dataclass(frozen=True)
class Table:
    """``rows`` are (key, label, number or None for one that is left out)."""

    slug: str
    rows: list

    @property
    def is_whole(self):
        return all(number is not None for _key, _label, number in self.rows)


def suppressed(numbers):
    """[number or None] for numbers whose sum is known.

    Each under LEAST goes, then the last of the rest until two at least are gone that add up to TOGETHER, and not to the
    most that small ones can: one alone could be reckoned from the sum, and 12 in three is 4, 4, 4. The order must not
    follow from the numbers: were the smallest of the rest to go, what is shown would be known to be larger.
    """
    gone = {place for place, number in enumerate(numbers) if number < LEAST}
    rest = [place for place in range(len(numbers)) if place not in gone]
    while gone and rest and not _is_safe([numbers[place] for place in gone]):
        gone.add(rest.pop())
    return [None if place in gone else number for place, number in enumerate(numbers)]


def _is_safe(hidden):
    return len(hidden) >= 2 and sum(hidden) >= TOGETHER and sum(hidden) != len(hidden) * (LEAST - 1)


def table(slug, rows):
    """A Table of [(key, label, number)] whose sum is public."""
    kept = suppressed([number for _key, _label, number in rows])
    return Table(slug, [(key, label, number) for (key, label, _n), number in zip(rows, kept, strict=True)])


def of(meeting, language):
    """{"applied": number or None, "tables": [Table]}, the words in a language."""
    counted = figures.outcomes(figures.by_status(meeting))
    total = sum(counted.values())
    if total < LEAST:
        return {"applied": None, "tables": []}
    outcome = table("outcome", [(word, str(figures.OUTCOME[word]), number) for word, number in counted.items()])
    tables = [outcome]
    if {key: number for key, _label, number in outcome.rows}["declined"]:
        tables.append(table("ground", sorted(figures.by_ground(meeting, language))))
    category = table("category", _applied(figures.by_category(meeting, language)))
    tables.append(category)
    medium = table("medium", sorted(_applied(figures.by_medium(meeting))))
    if category.is_whole and medium.is_whole and medium.rows:
        tables.append(medium)
    tables.append(table("country", sorted(_applied(figures.by_country(meeting, language)))))
    return {"applied": total, "tables": tables}


def _applied(groups):
    return [(group.key, group.label, group.applied) for group in groups]

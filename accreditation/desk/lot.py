"""The published rule by which scarce seats are given, ``countries-media-lot/2``; ``docs/draw.md`` tells it to everyone.

Imports nothing of ours, so that it runs wherever Python does.
"""

from hashlib import sha256

RULE = "countries-media-lot/2"
EARLIER = "countries-media-lot/1"  # its seed is made of references


class NotAsPublished(Exception):
    """A record does not come out again; the message says where it differs."""


def mark_of(key):
    """Of one application, by its random key: stands in a published record for whoever is not named there."""
    return _digest(f"{RULE}:{key}")


def seed_of(sentence, marks):
    """64 hexadecimal digits, of a sentence published beforehand and of everybody who applied in time."""
    return _digest("\n".join([sentence, *sorted(marks)]))


def lot(seed, reference):
    """Whoever has the smaller one is drawn first."""
    return _digest(f"{seed}:{reference}")


def _digest(text):
    return sha256(text.encode()).hexdigest()


def waiting(entries):
    return [entry for entry in entries if "reference" in entry and entry.get("waits", True)]


def order(entries, *, seed, media):
    """References, the first to be seated first.

    ``entries`` are {"mark", "reference", "country", "medium"} in any order, the mark alone of whoever is in the seed
    alone; ``media`` are words of media, the first to be served first, and who works for none of them comes after.
    """
    entries = waiting(entries)
    rank = {medium: number for number, medium in enumerate(media)}
    ordered = sorted(entries, key=lambda entry: (rank.get(entry["medium"], len(rank)), lot(seed, entry["reference"])))
    countries, firsts, others = set(), [], []
    for entry in ordered:
        (others if entry["country"] in countries else firsts).append(entry["reference"])
        countries.add(entry["country"])
    return firsts + others


def verify(record):
    """Run a published record (dict) again; return how many drew a lot. Raises NotAsPublished."""
    rule = record.get("rule")
    if rule not in (RULE, EARLIER):
        raise NotAsPublished(f"The rule is {rule!r}; this checks {RULE}.")
    if record.get("withheld") and rule == EARLIER:
        raise NotAsPublished("Entries are withheld to protect people: this record cannot be run again in full.")
    entries = record["entries"]
    marks = [entry["mark" if rule == RULE else "reference"] for entry in entries]
    references = [entry["reference"] for entry in entries if "reference" in entry]
    if len(set(marks)) != len(marks) or len(set(references)) != len(references):
        raise NotAsPublished("An entry stands there twice.")
    if seed_of(record["sentence"], marks) != record["seed"]:
        raise NotAsPublished("The seed is not that of the sentence and the entries.")
    if record.get("withheld"):
        raise NotAsPublished(
            "The seed is right. Entries are withheld to protect people: the order cannot be run again."
        )
    return _same_order(record, order(entries, seed=record["seed"], media=record["media"]))


def _same_order(record, again):
    for place, (found, told) in enumerate(zip(again, record["outcome"], strict=False), start=1):
        if found != told:
            raise NotAsPublished(f"Place {place} is {found}; the record says {told}.")
    if len(again) != len(record["outcome"]):
        raise NotAsPublished(f"{len(again)} are in the draw; the record seats {len(record['outcome'])}.")
    return len(again)

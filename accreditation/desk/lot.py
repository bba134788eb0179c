"""The published rule by which scarce seats are given, ``countries-media-lot/1``; ``docs/draw.md`` tells it to everyone.

Imports nothing of ours, so that it runs wherever Python does.
"""

from hashlib import sha256

RULE = "countries-media-lot/1"


class NotAsPublished(Exception):
    """A record does not come out again; the message says where it differs."""


def seed_of(sentence, references):
    """64 hexadecimal digits, of a sentence published beforehand and of everybody who is in the draw."""
    return _digest("\n".join([sentence, *sorted(references)]))


def lot(seed, reference):
    """Whoever has the smaller one is drawn first."""
    return _digest(f"{seed}:{reference}")


def _digest(text):
    return sha256(text.encode()).hexdigest()


def waiting(entries):
    return [entry for entry in entries if entry.get("waits", True)]


def order(entries, *, seed, media):
    """References, the first to be seated first.

    ``entries`` are {"reference", "country", "medium"} in any order, with "waits" False for whoever is in the seed
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
    """Run a published record (dict) again; return how many entries it has. Raises NotAsPublished."""
    if record.get("rule") != RULE:
        raise NotAsPublished(f"The rule is {record.get('rule')!r}; this checks {RULE}.")
    if record.get("withheld"):
        raise NotAsPublished("Entries are withheld to protect people: this record cannot be run again in full.")
    entries = record["entries"]
    references = [entry["reference"] for entry in entries]
    if len(set(references)) != len(references):
        raise NotAsPublished("A reference stands in the entries twice.")
    if seed_of(record["sentence"], references) != record["seed"]:
        raise NotAsPublished("The seed is not that of the sentence and the entries.")
    again = order(entries, seed=record["seed"], media=record["media"])
    for place, (found, told) in enumerate(zip(again, record["outcome"], strict=False), start=1):
        if found != told:
            raise NotAsPublished(f"Place {place} is {found}; the record says {told}.")
    if len(again) != len(record["outcome"]):
        raise NotAsPublished(f"{len(again)} are in the draw; the record seats {len(record['outcome'])}.")
    return len(again)

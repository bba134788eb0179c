"""One letter for all whom an organization sends. What is kept of it stands for the same paper of each member."""

from dataclasses import dataclass

from accreditation import evidence, paper_words, words
from accreditation.models import Evidence
from accreditation.states import EvidenceKind


@dataclass(frozen=True)
class Letter:
    row: Evidence

    @property
    def kind(self):
        return words.EVIDENCE_KIND[EvidenceKind(self.row.kind)]

    @property
    def size(self):
        return paper_words.size(self.row.size)


def kinds(category):
    """Kinds of paper that the category asks for and one letter can stand for, in its order."""
    asked = [rule.kind for rule in category.evidence_rules.all() if rule.kind not in evidence.PERSONAL]
    return list(dict.fromkeys(asked))


def kept(delegation):
    """[Letter], oldest first. One statement."""
    return [Letter(row) for row in evidence.kept(delegation)]

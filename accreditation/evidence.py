"""What a category asks for on paper, an upload checked against it, and previews for officers."""


def asked(registration):
    """The EvidenceRules that concern this applicant, in order."""
    rules = registration.category.evidence_rules.all()
    return [rule for rule in rules if rule.asked_of in {"", registration.medium, registration.standing}]

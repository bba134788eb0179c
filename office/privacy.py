"""What each field of each model holds about people, why, for how long and who reads it; a check asks that all answer.

A model answers with ``privacy = declare(plain="title …", name=Rule(…))``, which subclasses add to.
"""

from dataclasses import dataclass

from django.apps import apps
from django.core.checks import Error
from django.utils.translation import gettext_lazy as _

CLASSES = {
    "C0": "public: published by decision, harmful only when forged",
    "C1": "internal: drafts, embargoed texts, who of the office did what",
    "C2": "personal: names, addresses, who follows or attends what",
    "C3": "dangerous: identity documents, birth dates, letters, access needs",
    "C4": "secret: passwords, keys, sessions",
}


@dataclass(frozen=True)
class Rule:
    """``klass`` is one of CLASSES. The others are sentences of the privacy notice, without their full stop."""

    klass: str
    purpose: str
    retention: str
    readers: str

    def __post_init__(self):
        if self.klass not in CLASSES:
            raise ValueError(f"{self.klass} is not a class of data: choose of {', '.join(CLASSES)}.")


NOT_PERSONAL = None


def declare(plain="", **rules):
    """{field name: Rule or NOT_PERSONAL}; ``plain`` names the fields without personal data, separated by spaces."""
    names = plain.split()
    if twice := sorted({name for name in names if name in rules or names.count(name) > 1}):
        raise ValueError(f"Answered twice: {', '.join(twice)}.")
    return dict.fromkeys(names, NOT_PERSONAL) | rules


OFFICER = Rule(
    "C2",
    purpose=_("To let officers sign in and to tell colleagues who they are"),
    retention=_("As long as the office keeps its records, which name them"),
    readers=_("Officers"),
)
OFFICERS_ACT = Rule(
    "C1",
    purpose=_("To be able to say who decided what"),
    retention=_("As long as the office keeps its records"),
    readers=_("Officers of the meeting"),
)
SECRET = Rule(
    "C4",
    purpose=_("To let officers sign in"),
    retention=_("Until it is changed or has run out"),
    readers=_("Nobody"),
)
CORRESPONDENCE = Rule(
    "C2",
    purpose=_("To send the e-mail"),
    retention=_("Seven days after it was sent or cancelled"),
    readers=_("Press officers of the meeting that the e-mail is about"),
)

# Models of libraries, which cannot answer for themselves
LIBRARIES = {
    "account.EmailAddress": declare(plain="verified primary", user=OFFICER, email=OFFICER),
    "account.EmailConfirmation": declare(plain="email_address created sent", key=SECRET),
    "admin.LogEntry": declare(
        plain="action_time content_type object_id action_flag",
        user=OFFICERS_ACT,
        object_repr=OFFICERS_ACT,
        change_message=OFFICERS_ACT,
    ),
    "auth.Group": declare(plain="name"),
    "auth.Permission": declare(plain="name content_type codename"),
    "contenttypes.ContentType": declare(plain="app_label model"),
    "mfa.Authenticator": declare(plain="type", user=OFFICER, data=SECRET, created_at=OFFICER, last_used_at=OFFICER),
    "sessions.Session": declare(plain="expire_date", session_key=SECRET, session_data=SECRET),
}


def answers(model):
    """What ``model`` and the classes it is made of declare, or None when nobody has answered for it."""
    if model._meta.label in LIBRARIES:
        return LIBRARIES[model._meta.label]
    declared = [vars(part)["privacy"] for part in reversed(model.__mro__) if "privacy" in vars(part)]
    return {name: rule for part in declared for name, rule in part.items()} if declared else None


def questions(model):
    """Names of the columns that have to be answered; a number that only counts rows says nothing of anybody."""
    return [field.name for field in model._meta.concrete_fields if not (field.primary_key and field.auto_created)]


def walk():
    """(model, field, Rule) of every field that holds something about people, in all apps."""
    for model in apps.get_models():
        for name, rule in (answers(model) or {}).items():
            if rule is not NOT_PERSONAL:
                yield model, model._meta.get_field(name), rule


def check_every_field_answers(app_configs, **kwargs):
    """The system check; registered by OfficeConfig."""
    chosen = {config.label for config in app_configs} if app_configs is not None else None
    models = [model for model in apps.get_models() if chosen is None or model._meta.app_label in chosen]
    return [error for model in models for error in faults(model)]


def faults(model):
    found = answers(model)
    if found is None:
        hint = "Add privacy = declare(…) to it, or to office.privacy.LIBRARIES when a library made it."
        return [Error(f"{model._meta.label} does not say what it holds about people.", hint, model, "rostrum.E002")]
    asked = questions(model)
    unanswered = [name for name in asked if name not in found]
    unknown = [name for name in found if name not in asked]
    wrong = [name for name, rule in found.items() if rule is not NOT_PERSONAL and not isinstance(rule, Rule)]
    sentences = [
        ("rostrum.E003", unanswered, "has not answered for personal data"),
        ("rostrum.E004", unknown, "is answered for, but is no field"),
        ("rostrum.E005", wrong, "is answered with something that is no Rule"),
    ]
    return [
        Error(f"{model._meta.label}.{name} {sentence}.", obj=model, id=number)
        for number, names, sentence in sentences
        for name in names
    ]

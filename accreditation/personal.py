"""What applications hold about people, for the ``privacy`` of each model; the forms' privacy page is drawn from it."""

from django.utils.translation import gettext_lazy as _

from office.privacy import Rule

AFTER = _("Until the days named in the category have passed after the meeting")
REVIEWERS = _("Officers who review the meeting's applications")


def told(klass, purpose, *, readers=REVIEWERS, retention=AFTER):
    """The Rule of what an application tells: unless it says otherwise, reviewers read it and it goes with the rest."""
    return Rule(klass, purpose, retention, readers)


APPLICANT = told("C2", _("To decide on the application and to write the badge"))
REACHED_AT = told("C2", _("To tell you how your application stands"))
SPEAKING = told("C2", _("To choose who speaks at the meeting"))
LETTERS = told("C3", _("To see that you come for a media organization or an organization of civil society"))
SEALED_ANSWER = told("C3", _("To decide on the application; it is kept sealed, as it is delicate"))
IDENTITY = told(
    "C3",
    _("So that security can compare you with your document at the entrance"),
    readers=_("The security liaison of the meeting"),
)
ACCESS_NEEDS = told(
    "C3",
    _("To arrange what you need to take part"),
    readers=_("The access focal point of the meeting, and nobody else"),
)
PROTECTION = told(
    "C3", _("To keep your name from lists, exports and focal points"), readers=_("Two officers named for it")
)
BADGE_PORTRAIT = told("C3", _("To print your picture on the badge"), readers=_("Officers of the badge desk"))
LEDGER = told(
    "C2",
    _("To be able to say who decided what on the application, when and why"),
    retention=_("Three years, without your name; the words of a reason go with your application"),
)
DECIDED = Rule(
    "C1",
    purpose=_("To be able to say which officer decided"),
    retention=_("As long as the office keeps its records"),
    readers=_("Officers of the meeting"),
)
FOCAL_POINT = Rule(
    "C2",
    purpose=_("To ask the organization whether it sends you"),
    retention=_("As long as the organization names the person"),
    readers=_("Officers who review applications"),
)
SENDER = Rule(
    "C2",
    purpose=_("So that the organization that sends you knows whom it sends"),
    retention=AFTER,
    readers=_(
        "Who speaks for the organization that you name or that invited you, unless you ask for protection; never a "
        "document, an address or a need"
    ),
)
PROFILE = Rule(
    "C3",
    purpose=_("To spare you the same questions at the next meeting, because you asked for it"),
    retention=_("Twenty-four months after you last used it, or until you delete it"),
    readers=_("Nobody but you"),
)
BADGE = Rule(
    "C2",
    purpose=_("To let you in"),
    retention=_("One year as a number, without your name"),
    readers=_("Officers of the badge desk and the door"),
)
DOOR = Rule(
    "C2",
    purpose=_("To let you in once, and to know how many are inside"),
    retention=_("One year as a number, without your name"),
    readers=_("Officers of the door and supervisors"),
)
CODE = Rule(
    "C4",
    purpose=_("To show you the answers that are kept sealed, and nobody else who has the link"),
    retention=_("One day, and as a digest alone"),
    readers=_("Nobody"),
)

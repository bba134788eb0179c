"""What applications hold about people, for the ``privacy`` of each model; the forms' privacy page is drawn from it."""

from django.utils.translation import gettext_lazy as _

from office.privacy import Rule

AFTER = _("Until the days named in the category have passed after the meeting")

APPLICANT = Rule(
    "C2",
    purpose=_("To decide on the application and to write the badge"),
    retention=AFTER,
    readers=_("Officers who review the meeting's applications"),
)
REACHED_AT = Rule(
    "C2",
    purpose=_("To tell you how your application stands"),
    retention=AFTER,
    readers=_("Officers who review the meeting's applications"),
)
IDENTITY = Rule(
    "C3",
    purpose=_("So that security can compare you with your document at the entrance"),
    retention=AFTER,
    readers=_("The security liaison of the meeting"),
)
LETTERS = Rule(
    "C3",
    purpose=_("To see that you come for a media organization or an organization of civil society"),
    retention=AFTER,
    readers=_("Officers who review the meeting's applications"),
)
ACCESS_NEEDS = Rule(
    "C3",
    purpose=_("To arrange what you need to take part"),
    retention=AFTER,
    readers=_("The access focal point of the meeting, and nobody else"),
)
PROTECTION = Rule(
    "C3",
    purpose=_("To keep your name from lists, exports and focal points"),
    retention=AFTER,
    readers=_("Two officers named for it"),
)
SPEAKING = Rule(
    "C2",
    purpose=_("To choose who speaks at the meeting"),
    retention=AFTER,
    readers=_("Officers who review the meeting's applications"),
)
LEDGER = Rule(
    "C2",
    purpose=_("To be able to say who decided what on the application, when and why"),
    retention=_("Three years, without your name; the words of a reason go with your application"),
    readers=_("Officers who review the meeting's applications"),
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
CODE = Rule(
    "C4",
    purpose=_("To show you the answers that are kept sealed, and nobody else who has the link"),
    retention=_("One day, and as a digest alone"),
    readers=_("Nobody"),
)
BADGE_PORTRAIT = Rule(
    "C3",
    purpose=_("To print your picture on the badge"),
    retention=AFTER,
    readers=_("Officers of the badge desk"),
)
SEALED_ANSWER = Rule(
    "C3",
    purpose=_("To decide on the application; it is kept sealed, as it is delicate"),
    retention=AFTER,
    readers=_("Officers who review the meeting's applications"),
)

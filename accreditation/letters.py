"""The words of each letter to an applicant, by what has happened; ``emails`` chooses and sends them.

A mail names the meeting, the reference and a link, never a name, a paper or an answer: mailboxes are read by others.
"""

from django.utils.translation import gettext_lazy, pgettext_lazy

from accreditation.writing import RESUME, Letter

SEE = gettext_lazy("See your application")
LETTERS = {
    "prove": Letter(
        gettext_lazy("Continue your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Somebody, we hope you, began an application to attend “%(meeting)s” with this address."),
            gettext_lazy("Open the link to continue. It proves that the address is yours, and brings you back to what "
                         "you have written, on any device, until %(draft_until)s."),
            gettext_lazy("If it was not you, do nothing: the application is never sent."),
        ),
        gettext_lazy("Continue"),
        RESUME,
    ),
    "known": Letter(
        gettext_lazy("Your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Somebody, we hope you, began an application to attend “%(meeting)s” with this address. There "
                         "is one already: %(reference)s."),
            gettext_lazy("Open the link to see how it stands, to change it or to withdraw it."),
        ),
        SEE,
    ),
    "received": Letter(
        gettext_lazy("We have your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” has arrived. Its reference is %(reference)s."),
            gettext_lazy("The accreditation desk acts next. You usually hear within %(days)s working days."),
        ),
        SEE,
    ),
    "received_to_endorse": Letter(
        gettext_lazy("We have your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” has arrived. Its reference is %(reference)s."),
            gettext_lazy("Your organization acts next: its focal point is asked to confirm that it sends you. After "
                         "that you usually hear from the accreditation desk within %(days)s working days."),
        ),
        SEE,
    ),
    "endorsed": Letter(
        gettext_lazy("Endorsed: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Your organization confirms that it sends you. The accreditation desk acts next. You usually "
                      "hear within %(days)s working days."),),
        SEE,
    ),
    "info_requested": Letter(
        gettext_lazy("Please answer: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("The accreditation desk needs something more from you before it can decide. Please answer by "
                         "%(info_until)s."),
            gettext_lazy("The link opens what is asked, and nothing else has to be filled in again."),
        ),
        pgettext_lazy("button", "Answer"),
    ),
    "replied": Letter(
        gettext_lazy("Answer received: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Thank you. The accreditation desk acts next."),),
        SEE,
    ),
    "approved": Letter(
        gettext_lazy("Approved: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” is approved."),
            gettext_lazy("The link tells where and when to collect your badge and what to bring."),
        ),
        SEE,
    ),
    "approved_remote": Letter(
        gettext_lazy("Approved: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("Your application to take part remotely in “%(meeting)s” is approved. You need no badge."),
            gettext_lazy("The link tells how it stands and leads to the page of the meeting."),
        ),
        SEE,
    ),
    "confirmed": Letter(
        gettext_lazy("Noted, you come: %(reference)s, %(meeting)s"),
        (gettext_lazy("Your standing accreditation lets you in. You need no other badge for this meeting."),),
        SEE,
    ),
    "waitlisted": Letter(
        gettext_lazy("Waiting list: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("All places are taken for now. Your application is on the waiting list; you need do nothing."),
            gettext_lazy("As soon as a place is free we write to you, and you have some time to accept it."),
        ),
        SEE,
    ),
    "offered": Letter(
        gettext_lazy("A place for you: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("A place at “%(meeting)s” is kept for you until %(offer_until)s."),
            gettext_lazy("Accept it with the link. After that moment it goes to the next person."),
        ),
        gettext_lazy("Accept or decline the place"),
    ),
    "declined": Letter(
        gettext_lazy("Decision on application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” was declined."),
            gettext_lazy("The link tells the reason, what would change it, and how to ask once for a review."),
        ),
        SEE,
    ),
    "declined_again": Letter(
        gettext_lazy("Decision on application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Another officer has looked at your application to attend “%(meeting)s” anew, and it stays "
                         "declined."),
            gettext_lazy("The link tells the reason. This decision is final."),
        ),
        SEE,
    ),
    "appealed": Letter(
        gettext_lazy("Review asked for: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Another officer looks at your application anew and decides."),),
        SEE,
    ),
    "withdrawn": Letter(
        gettext_lazy("Withdrawn: application %(reference)s, %(meeting)s"),
        (gettext_lazy("The application is withdrawn, and its place is free for somebody else."),),
        SEE,
    ),
    "lapsed": Letter(
        gettext_lazy("Lapsed: application %(reference)s, %(meeting)s"),
        (gettext_lazy("The time to send, to answer or to accept has passed, and the application has come to an end."),),
        SEE,
    ),
    "revoked": Letter(
        gettext_lazy("Revoked: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Your accreditation to “%(meeting)s” is revoked, and your badge opens no door. The link tells "
                      "the reason and whom to write to."),),
        SEE,
    ),
    "speaking_selected": Letter(
        gettext_lazy("You speak: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You are chosen to speak at “%(meeting)s”."),
            gettext_lazy("If you cannot, withdraw or write to the desk at once: somebody in reserve takes your turn."),
        ),
        SEE,
    ),
    "speaking_reserve": Letter(
        gettext_lazy("In reserve to speak: %(reference)s, %(meeting)s"),
        (gettext_lazy("More people asked to speak at “%(meeting)s” than there is time for. You are in reserve: if "
                      "somebody cannot speak, we write to you. Your accreditation does not change."),),
        SEE,
    ),
    "speaking_not_selected": Letter(
        gettext_lazy("Your request to speak: %(reference)s, %(meeting)s"),
        (gettext_lazy("More people asked to speak at “%(meeting)s” than there is time for, and you are not among those "
                      "chosen. Your accreditation does not change."),),
        SEE,
    ),
    "pool_in": Letter(
        gettext_lazy("You have a place: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You have a place at a moment to which only some may come: %(moment)s."),
            gettext_lazy("Be there in time: the group leaves without those who come late. If you cannot come, write to "
                         "the desk, so that somebody else can."),
        ),
        SEE,
    ),
    "pool_changed": Letter(
        gettext_lazy("Your place has changed: %(reference)s, %(meeting)s"),
        (gettext_lazy("What you have a place at has changed. It is now: %(moment)s."),),
        SEE,
    ),
    "pool_out": Letter(
        gettext_lazy("Place given up: %(reference)s, %(meeting)s"),
        (gettext_lazy("You no longer have a place at this moment: %(moment)s. Your accreditation does not change."),),
        SEE,
    ),
    "pick_up_open": Letter(
        gettext_lazy("Choose a pick-up time: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You can choose when you collect your badge for “%(meeting)s”, so that nobody waits long."),
            gettext_lazy("The link shows the times that are left, and what to bring."),
        ),
        SEE,
    ),
    "pick_up_set": Letter(
        gettext_lazy("Your pick-up time: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You collect your badge for “%(meeting)s” at this time: %(pick_up)s."),
            gettext_lazy("If you cannot come then, choose another time with the link."),
        ),
        SEE,
    ),
    "notice": Letter(
        gettext_lazy("We need your answer: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("Something is held against you that may cost your accreditation to “%(meeting)s”. Nothing is "
                         "decided yet, and your badge stays valid until it is."),
            gettext_lazy("The link tells what it is. Please answer there by %(notice_until)s; the answer is read "
                         "before anything is decided."),
        ),
        pgettext_lazy("button", "Answer"),
    ),
    "notice_ended": Letter(
        gettext_lazy("Badge still valid: %(reference)s, %(meeting)s"),
        (gettext_lazy("Nothing is held against you any more. Your accreditation to “%(meeting)s” stays as it was."),),
        SEE,
    ),
    "draft_reminder": Letter(
        gettext_lazy("Not sent yet: application %(reference)s, %(meeting)s"),
        (gettext_lazy("You began an application to attend “%(meeting)s” and have not sent it. What you wrote is kept "
                      "until %(draft_until)s; after that it is deleted."),),
        gettext_lazy("Continue"),
        RESUME,
    ),
    "answered": Letter(  # to who asked for protection: it says nothing of it
        gettext_lazy("News: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You asked us something with your application to attend “%(meeting)s”, and we have answered."),
            gettext_lazy("The link opens your application, where the answer stands."),
        ),
        SEE,
    ),
    "message": Letter(
        gettext_lazy("A message about %(reference)s: %(meeting)s"),
        (
            gettext_lazy("The accreditation desk has written to you about your application to attend “%(meeting)s”."),
            gettext_lazy("The link opens your application, where you can read the message and answer it."),
        ),
        gettext_lazy("Read the message"),
    ),
    "invited": Letter(
        gettext_lazy("Complete your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("%(organization)s sends you to “%(meeting)s” and asks you to complete your application."),
            gettext_lazy("What you write about yourself is read by the accreditation desk. Your organization sees only "
                         "how far it has come."),
        ),
        gettext_lazy("Continue"),
        RESUME,
    ),
    "meeting_changed": Letter(
        gettext_lazy("%(change)s: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("What was announced of “%(meeting)s”, to which you are accredited, has changed."),
            "%(words)s",
            "%(changes)s",
            gettext_lazy("Your accreditation %(reference)s stands as before."),
        ),
        SEE,
    ),
    "meeting_postponed": Letter(
        gettext_lazy("%(change)s: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("“%(meeting)s”, to which you are accredited, is postponed. Do not rely on a time announced "
                         "earlier."),
            "%(words)s",
            "%(changes)s",
            gettext_lazy("Your accreditation %(reference)s stands as before."),
        ),
        SEE,
    ),
    "meeting_cancelled": Letter(
        gettext_lazy("%(change)s: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("“%(meeting)s”, to which you are accredited, will not take place."),
            "%(words)s",
            "%(changes)s",
        ),
        SEE,
    ),
    "code": Letter(
        gettext_lazy("Your code for application %(reference)s"),
        (
            gettext_lazy("Your code is %(code)s. Type it into the page that asked for it, within ten minutes."),
            gettext_lazy("It shows the answers that are kept sealed. Give it to nobody: the desk never asks for it. If "
                         "you did not ask for a code, somebody else has your link; tell the desk."),
        ),
    ),
    "links": Letter(
        gettext_lazy("Your applications"),
        (gettext_lazy("These are the applications made with this address. Each link opens one of them."),),
        lists=True,
    ),
    "no_links": Letter(
        gettext_lazy("No application with this address"),
        (
            gettext_lazy("Somebody, we hope you, asked for the links of the applications made with this address. There "
                         "are none."),
            gettext_lazy("If you applied, it was with another address: ask again with that one. If it was not you, do "
                         "nothing."),
        ),
    ),
}  # fmt: skip

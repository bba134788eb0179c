"""What officers say to each other about a decision, and to a person before a badge is lost."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation import grounds, words, workflow
from accreditation.desk import notice
from accreditation.forms.step import TidyText

LONGEST = 4000


def ground_field(**kwargs):
    """Choices as published today; danger among them unless told otherwise."""
    return forms.ChoiceField(label=_("Ground"), **kwargs)


def ground_choices(*, without=()):
    return [("", _("Choose a ground"))] + [
        (row.code, row.told) for row in grounds.choices(get_language()) if row.code not in without
    ]


class ReferForm(forms.Form):
    """Any decision that the officer could make, left to a second one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    action = forms.ChoiceField(
        label=_("What you propose"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you propose.")},
    )
    ground = ground_field(required=False, help_text=_("Where it is refused or revoked."))
    reason = TidyText(label=_("Words to the applicant"), max_length=LONGEST, rows=3, required=False)
    note = TidyText(
        label=_("What should your colleague look at?"), max_length=LONGEST, rows=3, required=False,
        help_text=_("The applicant does not read it."),
    )  # fmt: skip

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [(action, words.DEED[action]) for action in actions]
        self.fields["ground"].choices = ground_choices()

    def clean(self):
        cleaned = super().clean()
        rule = workflow.RULES.get(cleaned.get("action"))
        if rule and rule.needs_ground and not cleaned.get("ground"):
            self.add_error("ground", _("Choose the ground on which it is refused."))
        if rule and not rule.needs_ground:
            cleaned["ground"] = ""
        needs_words = rule and (rule.needs_reason or cleaned.get("ground") == "other")
        if needs_words and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: the words stand in the history and in the e-mail."))
        return cleaned


class RefusalForm(forms.Form):
    reason = TidyText(
        label=_("Why not?"), max_length=LONGEST, rows=3, help_text=_("Your colleague reads it."),
        error_messages={"required": _("Say why, so that your colleague knows what to change.")},
    )  # fmt: skip


class NoticeForm(forms.Form):
    ground = ground_field(error_messages={"required": _("Choose the ground that is held against the person.")})
    words = TidyText(
        label=_("What is held against them"), max_length=notice.LONGEST, rows=5,
        help_text=_("The person reads it on their page, not in the e-mail, and answers there."),
        error_messages={"required": _("Say what is held against the person: they read it and answer.")},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = ground_choices(without={grounds.DANGER})


class AnswerForm(forms.Form):
    """The person's own."""

    words = TidyText(
        label=_("Your answer"), max_length=notice.LONGEST, rows=6,
        help_text=_("What happened as you saw it, and what the desk should know before it decides."),
        error_messages={"required": _("Write your answer first.")},
    )  # fmt: skip


class ConflictForm(forms.Form):
    about = forms.ChoiceField(
        label=_("Whom do you know?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom it is about.")},
    )

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("registration", _("This person"))]
        if registration.organization_id and not registration.is_hidden:
            named = _("Everybody whom %(organization)s sends, to every meeting")
            choices.append(("organization", named % {"organization": registration.organization}))
        self.fields["about"].choices = choices


class ManyForm(forms.Form):
    """Said once to all of them; nothing is asked where the action needs no words."""

    ground = ground_field(error_messages={"required": _("Choose the ground on which it is refused.")})
    reason = TidyText(
        label=_("Words to all of them"), max_length=LONGEST, rows=3, required=False,
        help_text=_("They are not translated: everybody reads them as you write them."),
    )  # fmt: skip

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, **kwargs)
        if workflow.RULES[action].needs_ground:
            self.fields["ground"].choices = ground_choices()
        else:
            del self.fields["ground"], self.fields["reason"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ground") == "other" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write the reason: this ground has none of its own."))
        return cleaned

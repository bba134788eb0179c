"""“Publish”: what changed, what to look at first, what kind of edition and when. Refuses what was changed meanwhile."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models.functions import Now
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import approval, checklist, notices, publishing
from advisory.admin.instants import InstantField, time_zones, told
from advisory.admin.pages import meeting_page, show
from advisory.admin.places import LANGUAGES, anchor, label
from advisory.models import Meeting
from advisory.words import EditionKind, MeetingStatus

KINDS = {
    EditionKind.UPDATE: (
        EditionKind.UPDATE.label,
        _("Update: something was added or became known; readers are told what changed."),
    ),
    EditionKind.CORRECTION: (
        EditionKind.CORRECTION.label,
        _("Correction: something published was wrong; the notice says what it was and what it is."),
    ),
    EditionKind.REMINDER: (
        EditionKind.REMINDER.label,
        _("Reminder: nothing changed; readers are told once more."),
    ),
    EditionKind.POSTPONED: (
        EditionKind.POSTPONED.label,
        _("Postponed: it does not take place as announced, and will later."),
    ),
    EditionKind.CANCELLED: (EditionKind.CANCELLED.label, _("Cancelled: it does not take place.")),
    EditionKind.TYPO: (
        _("Typing error"),
        _("Typing error: mended without a notice; no fact changes and nobody is told."),
    ),
}
NOW, KEEP, AT = "now", "keep", "at"
CHANGED = _(
    "The meeting was changed or published after you opened this page. Nothing was published now: look at the "
    "preview again, then publish."
)


class PublishForm(forms.Form):
    """``seen`` is the draft and the edition on the officer's screen."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What kind of edition"),
        choices=[(kind, sentence) for kind, (_name, sentence) in KINDS.items()],
        widget=forms.RadioSelect,
    )
    resumes = forms.BooleanField(label=_("The meeting goes ahead again"), required=False)
    words = forms.CharField(
        label=_("Your sentence in the notice"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What readers should know first. What was and what is now stands beneath it by itself."),
    )
    when = forms.ChoiceField(label=_("When does it become public"), widget=forms.RadioSelect)
    at = InstantField(label=_("At this instant"))

    def __init__(self, *args, meeting, standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["seen", "kind", "resumes", "words", "when", "at"])
        self.fields["words"].widget.attrs["lang"] = meeting.original_language
        self.fields["words"].widget.attrs["dir"] = "auto"
        if not standing.public:
            del self.fields["kind"], self.fields["words"]
        if not standing.public or meeting.status not in (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED):
            del self.fields["resumes"]
        choices = [(NOW, gettext("Now")), (AT, gettext("At the instant given here"))]
        if standing.waiting:
            kept = gettext("When edition %(number)s was to: %(instant)s") % {
                "number": standing.waiting.number,
                "instant": told(standing.waiting.visible_from, zone_of(meeting)),
            }
            choices.insert(0, (KEEP, kept))
        self.fields["when"].choices = choices
        self.initial |= {"seen": token(meeting), "kind": EditionKind.UPDATE, "when": choices[0][0]}
        self.initial["at"] = meeting.time_zone

    def clean(self):
        cleaned = super().clean()
        kind, at = cleaned.get("kind"), cleaned.get("at")
        if kind == EditionKind.TYPO and cleaned.get("words"):
            self.add_error(
                "words", gettext("A typing error is mended without a notice. Choose another kind, or empty this.")
            )
        if cleaned.get("resumes") and kind in (EditionKind.POSTPONED, EditionKind.CANCELLED):
            self.add_error("resumes", gettext("It cannot go ahead and be postponed or cancelled in one edition."))
        if cleaned.get("when") == AT and "at" not in self.errors:
            if not at:
                self.add_error("at", gettext("Give a day, a time and a time zone, or choose another line."))
            elif at <= timezone.now():
                self.add_error("at", gettext("This instant has passed. Choose a later one, or “Now”."))
        return cleaned

    @property
    def what(self):
        """The words of ``publishing.next_edition``, as far as they are valid."""
        cleaned = getattr(self, "cleaned_data", {})
        return {name: cleaned[name] for name in ("kind", "words", "resumes") if cleaned.get(name)}

    @property
    def decision(self):
        """The words of ``publishing.publish``."""
        at = {NOW: timezone.now() if KEEP in dict(self.fields["when"].choices) else None, KEEP: None}
        when = self.cleaned_data["when"]
        return self.what | {"at": self.cleaned_data["at"] if when == AT else at[when]}


class Standing:
    """The edition that is public and the one that waits for its instant, each or None."""

    def __init__(self, meeting):
        self.public = meeting.editions.visible().order_by("-number").first()
        self.waiting = meeting.editions.filter(superseded_at__isnull=True, visible_from__gt=Now()).first()


def zone_of(meeting):
    return meeting.embargo_zone or meeting.time_zone or settings.TIME_ZONE


def token(meeting):
    """Changes with every save, of a translation too, with every publication, and when an edition's instant comes."""
    last = meeting.editions.order_by("-sequence").values_list("sequence", flat=True).first()
    public = meeting.editions.visible().count()
    languages = meeting.language_versions.order_by("-changed_at").values_list("changed_at", flat=True).first()
    return f"{meeting.changed_at.isoformat()} {last or 0} {public} {languages.isoformat() if languages else 'none'}"


@meeting_page("advisory.publish_meeting")
def publish(model_admin, request, meeting):
    standing = Standing(meeting)
    form = PublishForm(request.POST or None, meeting=meeting, standing=standing)
    if request.method == "POST" and form.is_valid() and "_look" not in request.POST:
        seen, decision = form.cleaned_data["seen"], form.decision
        try:
            done = act_as_seen(meeting, by=request.user, seen=seen, **decision)
        except (publishing.PublishRefused, approval.ProposalRefused) as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
            meeting.refresh_from_db()
            standing = Standing(meeting)
            form.data = form.data.copy()
            form.data["seen"] = token(meeting)  # whoever has read the sentence may publish
        else:
            messages.success(request, tell(model_admin, request, meeting, done))
            return redirect("admin:advisory_meeting_change", meeting.pk)
    return show(
        model_admin,
        request,
        "publish",
        title=gettext("Propose for publication") if settings.APPROVAL else gettext("Publish"),
        meeting=meeting,
        form=form,
        standing=standing,
        button=gettext("Propose for publication") if settings.APPROVAL else gettext("Publish"),
        proposal=approval.open_proposal(meeting) if settings.APPROVAL else None,
        embargo=meeting.embargo_until and told(meeting.embargo_until, zone_of(meeting)),
        time_zones=time_zones(),
        preview_query=urlencode(form.what),
        **looked_at(meeting, standing, form.what),
    )


def looked_at(meeting, standing, what):
    """What the officer reads before the button: the checklist and the difference from what is public."""
    concerns = [
        {"concern": concern, "label": label(concern.field), "address": address(meeting, concern.field)}
        for concern in checklist.concerns(meeting)
    ]
    difference, refusal = [], ""
    try:
        edition, _ = publishing.next_edition(meeting, **what)
    except publishing.PublishRefused as refused:
        refusal = " ".join(refused.messages)
    else:
        if standing.public:
            difference = notices.difference(standing.public, edition, meeting.original_language)
    return {
        "blockers": [row for row in concerns if row["concern"].level == checklist.BLOCKER],
        "warnings": [row for row in concerns if row["concern"].level != checklist.BLOCKER],
        "difference": difference,
        "refusal": refusal,
    }


def address(meeting, name):
    """Where a concern is mended: a place on the meeting's form, or the page of its languages."""
    if name == LANGUAGES:
        return reverse("admin:advisory_meeting_languages", args=[meeting.pk])
    return reverse("admin:advisory_meeting_change", args=[meeting.pk]) + anchor(name)


@transaction.atomic
def act_as_seen(meeting, *, by, seen, **decision):
    """Publish or propose what the officer looked at; anything saved or published since refuses."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if token(meeting) != seen:
        raise publishing.PublishRefused(CHANGED)
    if settings.APPROVAL:
        return approval.propose(meeting, by=by, **decision)
    return publishing.publish(meeting, by=by, **decision)


def tell(model_admin, request, meeting, done):
    """Log the edition or the proposal, and say what happened."""
    if settings.APPROVAL:
        model_admin.log_change(request, meeting, "Proposed for publication.")
        return gettext("Proposed. Nothing is public before another officer has approved it.")
    with translation.override(None):  # kept in English
        said = f"Published edition {done.number}: {done.get_kind_display()}."
    model_admin.log_change(request, meeting, said)
    return told_of(done)


def sentences(refused):
    """What a PublishRefused or a ProposalRefused says."""
    return refused.messages if isinstance(refused, publishing.PublishRefused) else [str(refused)]


def told_of(edition):
    """The sentence after an edition was made."""
    meeting = edition.meeting
    if edition.visible_from > edition.published_at:
        return gettext("Edition %(number)s waits: nothing is public before %(instant)s.") % {
            "number": edition.number,
            "instant": told(edition.visible_from, zone_of(meeting)),
        }
    return format_html(
        gettext('Edition {number} is public: <a href="{address}">view it on the site</a>.'),
        number=edition.number,
        address=reverse("advisory:meeting", kwargs={"year": edition.facts["year"], "slug": meeting.slug}),
    )

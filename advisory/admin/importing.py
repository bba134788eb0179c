"""“Import advisory”: pasted text or a file becomes a draft meeting with its doubts."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advisory import reading
from advisory.admin.pages import show
from advisory.doubts import sentence
from advisory.importing import import_text
from office import uploads


class ImportForm(forms.Form):
    text = forms.CharField(
        label=_("Paste the advisory"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "cols": 90, "dir": "auto"}),
        help_text=_(
            "The whole text, as it was sent or stands on the page: headings, times, contacts, links. In any of "
            "the official languages."
        ),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        widget=forms.FileInput,
        help_text=_("Word (.docx) or plain text (.txt)."),
    )

    def clean(self):
        """``advisory`` is the text to read, and ``doubts`` what was uncertain about its bytes."""
        cleaned = super().clean()
        text, file = (cleaned.get("text") or "").strip("\0"), cleaned.get("file")
        if not self.errors and not text.strip() and not file:
            self.add_error("text", gettext("Paste the text of an advisory, or choose a file."))
        elif text.strip() and file:
            self.add_error("file", gettext("Paste a text or choose a file, not both."))
        elif file:
            cleaned["advisory"], cleaned["doubts"] = self._read(file)
        else:
            cleaned["advisory"], cleaned["doubts"] = text, []
        if len((cleaned["advisory"] if not self.errors else "").encode(errors="replace")) > reading.MAX_BYTES:
            self.add_error(
                "file" if file else "text",
                gettext("This is more than 200 kB, far longer than an advisory. Keep only its text."),
            )
        return cleaned

    def _read(self, file):
        data = file.read()
        try:
            text = uploads.advisory_text(data, name=file.name)
            text, doubts = (text, []) if text is not None else reading.decode(data)
        except uploads.Refused as refused:
            self.add_error("file", refused.sentence)
        except (reading.TooLarge, reading.NotText) as refused:
            self.add_error("file", sentence(refused.sentence, refused.values))
        else:
            if text.strip():
                return text, doubts
            self.add_error("file", gettext("This file holds no text. Choose another one, or paste the text."))
        return "", []


def import_advisory(model_admin, request):
    if not model_admin.has_add_permission(request):
        raise PermissionDenied(gettext("Only an officer with a grant for every meeting may add one."))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        imported = import_text(form.cleaned_data["advisory"], by=request.user, doubts=form.cleaned_data["doubts"])
        tell(model_admin, request, imported)
        return redirect("admin:advisory_meeting_change", imported.meeting.pk)
    return show(model_admin, request, "import", title=gettext("Import advisory"), form=form)


def tell(model_admin, request, imported):
    if imported.was_there:
        messages.warning(
            request, gettext("This text was imported before: here is the meeting that it made. Nothing changed.")
        )
        return
    model_admin.log_addition(request, imported.meeting, "Imported from a text.")
    count = len(imported.warnings)
    sentence = gettext("A draft was made from the text: nothing in doubt. Nothing is public yet.")
    if count:
        sentence = ngettext(
            "A draft was made from the text: %(count)s thing to check, marked below. Nothing is public yet.",
            "A draft was made from the text: %(count)s things to check, marked below. Nothing is public yet.",
            count,
        )
    messages.success(request, sentence % {"count": count})

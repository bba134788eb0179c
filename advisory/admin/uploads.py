"""Photographs and files on the panel's forms. What was accepted once need not be chosen again after another refusal."""

from dataclasses import asdict, dataclass
from functools import partial

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory.admin.forms import PartForm
from office import uploads

MAX_PAGES = 400
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
SALT = "advisory.kept-upload"
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Kept:
    """An upload that was checked, rebuilt and stored; ``name`` is the file's own."""

    name: str
    digest: str
    media_type: str
    size_bytes: int
    width: int | None = None
    height: int | None = None

    @property
    def image(self):
        return {name: getattr(self, name) for name in ("digest", "media_type", "width", "height")}


class KeptFileInput(forms.FileInput):
    """A file input with what was chosen before beside it, as a signed word that nobody can make up."""

    template_name = "admin/widgets/kept_file.html"
    kept = None
    salt = SALT

    def value_from_datadict(self, data, files, name):
        given = super().value_from_datadict(data, files, name)
        return given if given is not None else self._opened(data.get(f"{name}_kept"))

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}_kept" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        signed = signing.dumps(asdict(self.kept), salt=self.salt) if self.kept else ""
        return context | {"kept": self.kept, "signed": signed}

    def _opened(self, signed):
        try:
            return Kept(**signing.loads(signed or "", salt=self.salt, max_age=KEPT_SECONDS))
        except signing.BadSignature:
            return None


class UploadField(forms.FileField):
    """Cleans to a Kept, or None. ``take`` turns bytes into what office.uploads accepts, or raises Refused.

    ``holds`` names what that is: what was kept by one field is no value of another that holds something else.
    """

    widget = KeptFileInput

    def __init__(self, *, take, holds, **kwargs):
        self.take = take
        super().__init__(required=False, **kwargs)
        self.widget.salt = f"{SALT}.{holds}"  # a kept PDF is no photograph

    def clean(self, data, initial=None):
        if not isinstance(data, Kept):
            given = super().clean(data, initial)
            data = self._store(given) if given else None
        self.widget.kept = data
        return data

    def _store(self, given):
        try:
            rebuilt = self.take(given.read())
        except uploads.Refused as refused:
            raise ValidationError(refused.sentence) from None
        stored = uploads.store(rebuilt.data, suffix=SUFFIXES[rebuilt.media_type])
        size = getattr(rebuilt, "width", None), getattr(rebuilt, "height", None)
        return Kept(given.name, stored.digest, rebuilt.media_type, stored.size, *size)


photo_field = partial(UploadField, take=lambda data: uploads.photo(data), holds="photograph")


class SpeakerForm(PartForm):
    photo_file = photo_field(label=_("Photo"), help_text=_("Of a person. JPEG or PNG, 10 MB at most."))
    remove_photo = forms.BooleanField(label=_("Remove photo"), required=False)

    def save(self, commit=True):
        if kept := self.cleaned_data.get("photo_file"):
            self.instance.photo = kept.image
        elif self.cleaned_data.get("remove_photo"):
            self.instance.photo = {}
        return super().save(commit)


class PhotoForm(PartForm):
    image_file = photo_field(label=_("Photograph"), help_text=_("JPEG or PNG, 10 MB at most."))

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("image_file") or self.instance.pk or "image_file" in self.errors):
            self.add_error("image_file", gettext("Choose a photograph."))
        return cleaned

    def save(self, commit=True):
        if kept := self.cleaned_data.get("image_file"):
            self.instance.image = kept.image
        return super().save(commit)


class DocumentFileForm(forms.ModelForm):
    upload = UploadField(
        label=_("file"),
        help_text=_("PDF, JPEG or PNG, 10 MB at most."),
        holds="document",
        take=lambda data: uploads.document(data, max_bytes=settings.MAX_UPLOAD_BYTES, max_pages=MAX_PAGES),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].help_text = gettext("As the reader saves it; empty keeps the file's own name.")

    def clean_upload(self):
        kept = self.cleaned_data["upload"]
        if not (kept or self.instance.digest):
            raise ValidationError(gettext("Choose a file."))
        return kept

    def clean(self):
        """The ending of the name says what the file is, whatever the file was called."""
        cleaned = super().clean()
        kept = cleaned.get("upload")
        name = cleaned.get("name") or (kept.name if kept else "") or self.instance.name
        suffix = SUFFIXES.get(kept.media_type if kept else self.instance.media_type, "")
        stem = uploads.safe_filename(name).removesuffix(suffix)
        if kept:
            stem = stem.rpartition(".")[0] or stem
        cleaned["name"] = f"{stem[:100]}{suffix}"
        return cleaned

    def save(self, commit=True):
        if kept := self.cleaned_data.get("upload"):
            self.instance.digest, self.instance.size_bytes = kept.digest, kept.size_bytes
            self.instance.media_type = kept.media_type
        return super().save(commit)


class DocumentFilesFormSet(BaseInlineFormSet):
    def clean(self):
        """The database holds each file once a language; said here in words, as the digest is no field of the form."""
        super().clean()
        seen = set()
        for form in self.forms:
            kept = form.cleaned_data.get("upload")
            digest = None if form.cleaned_data.get("DELETE") else kept.digest if kept else form.instance.digest
            key = (form.cleaned_data.get("language"), digest)
            if digest and key in seen:
                form.add_error("upload", gettext("This file is here already in this language."))
            seen.add(key)

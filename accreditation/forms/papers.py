"""The page of the papers: files to choose for each of them, and links to samples of work."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation import paper_words, words
from accreditation.forms.step import TidyText
from accreditation.states import EvidenceKind

MOST_LINK_CHARACTERS, MOST_CHARACTERS = 500, 10_000
is_web_address = URLValidator(["http", "https"])


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """A list of uploaded files, which ``evidence.add`` looks into."""

    widget = FilesInput

    def validate(self, value):
        """What lacks is said when somebody goes on, not when another file arrives."""


class LinksField(TidyText):
    """One web address a line, as a list. A line without https:// gets it; nothing is ever fetched."""

    def to_python(self, value):
        text = super().to_python(value)
        if len(text) > MOST_CHARACTERS:
            raise ValidationError(
                _("All addresses together may have %(limit)s characters; yours have %(count)s.")
                % {"limit": MOST_CHARACTERS, "count": len(text)}
            )
        return list(dict.fromkeys(self._address(line) for line in text.split("\n") if line.strip()))

    def _address(self, line):
        address = line.strip()
        if "://" not in address:
            address = f"https://{address}"
        if len(address) > MOST_LINK_CHARACTERS:
            raise ValidationError(
                _("An address may have %(limit)s characters; one of yours has %(count)s.")
                % {"limit": MOST_LINK_CHARACTERS, "count": len(address)}
            )
        try:
            is_web_address(address)
        except ValidationError as error:
            raise ValidationError(
                _("Write each address like https://example.org/article, one a line. This one is not: %(line)s")
                % {"line": line.strip()[:100]}
            ) from error
        return address


class PapersForm(forms.Form):
    """``papers`` are those of ``evidence.papers``; a field is called as its kind. Files are looked into by the view."""

    use_required_attribute = False

    def __init__(self, *args, papers, **kwargs):
        self.papers = {str(paper.rule.kind): paper for paper in papers}
        super().__init__(*args, **kwargs)
        for kind, paper in self.papers.items():
            self.fields[kind] = FilesField(
                required=bool(paper.rule.least), label=_label(paper), help_text=_types(paper)
            )
            self.fields[kind].widget.attrs = _attrs(paper)
        sample = self.papers.get(EvidenceKind.WORK_SAMPLE)
        if sample:
            self.fields["samples"] = LinksField(
                required=False,
                label=gettext_lazy("Links to your work"),
                initial="\n".join(sample.links),
                help_text=gettext_lazy("One a line. The desk opens them; each counts as a sample."),
                rows=3,
                attrs={"dir": "ltr", "inputmode": "url", "spellcheck": "false"},
            )

    def clean_samples(self):
        links, sample = self.cleaned_data["samples"], self.papers[EvidenceKind.WORK_SAMPLE]
        most = max(sample.rule.most - len(sample.rows), 0)
        if len(links) > most:
            raise ValidationError(
                ngettext(
                    "Give %(most)s link at most: files and links together may be %(limit)s.",
                    "Give %(most)s links at most: files and links together may be %(limit)s.",
                    most,
                )
                % {"most": most, "limit": sample.rule.most}
            )
        return links

    def say_what_lacks(self):
        """An error beside each paper that is needed and not there."""
        for kind, paper in self.papers.items():
            if paper.needed:
                self.add_error(kind, lacking(paper))


def lacking(paper):
    name = words.EVIDENCE_KIND[EvidenceKind(paper.rule.kind)]
    if paper.takes_links:
        return ngettext(
            "Choose %(count)s more file, or give a link, for “%(paper)s”.",
            "Choose %(count)s more files, or give links, for “%(paper)s”.",
            paper.needed,
        ) % {"count": paper.needed, "paper": name}
    if paper.needed == 1:
        return _("Choose a file for “%(paper)s”.") % {"paper": name}
    return ngettext(
        "Choose %(count)s more file for “%(paper)s”.", "Choose %(count)s more files for “%(paper)s”.", paper.needed
    ) % {"count": paper.needed, "paper": name}


def _label(paper):
    name = {"paper": words.EVIDENCE_KIND[EvidenceKind(paper.rule.kind)]}
    if paper.rows and paper.rule.most == 1:
        return _("Replace the file: %(paper)s") % name
    if paper.rows:
        return _("Choose more files: %(paper)s") % name
    return (_("Choose a file: %(paper)s") if paper.rule.most == 1 else _("Choose files: %(paper)s")) % name


def _types(paper):
    limit = {"size": paper_words.size(settings.MAX_UPLOAD_BYTES), "pages": paper.rule.most_pages}
    if paper.is_photo:
        return _("JPEG or PNG, up to %(size)s.") % limit
    return (
        ngettext(
            "PDF, JPEG or PNG, up to %(size)s and %(pages)s page. A clear photo taken with a phone is fine.",
            "PDF, JPEG or PNG, up to %(size)s and %(pages)s pages. A clear photo taken with a phone is fine.",
            paper.rule.most_pages,
        )
        % limit
    )


def _attrs(paper):
    """On a telephone these offer the camera too; JPEG asked for alone makes an iPhone send one."""
    attrs = {"accept": "image/jpeg,image/png" if paper.is_photo else ".pdf,image/jpeg,image/png"}
    return attrs | ({"multiple": True} if paper.rule.most > 1 else {})

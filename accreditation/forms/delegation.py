"""Forms of focal points: the address that asks for a delegation, one person, a pasted list, one letter for all."""

import csv
import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import paper_words, words
from accreditation.delegations import Invitee
from accreditation.forms.start import StartForm
from accreditation.forms.step import Name
from accreditation.states import EvidenceKind, Part
from office import outbox

MOST_LINES = 100
BRACKETED = re.compile(r"^(?P<name>.*?)[<(\[]\s*(?P<email>[^<>()\[\]\s]+@[^<>()\[\]\s]+)\s*[>)\]]\W*$")
SEPARATORS = ("\t", ";", ",")
# By one of these the first line of a table is known to name its columns
HEADINGS = ("mail", "courriel", "correo", "почт", "邮", "郵", "بريد")
NO_ADDRESS = gettext_lazy("there is no e-mail address. Write one line like Ada EXAMPLE, ada@example.org.")


class AskForm(StartForm):
    """As the start of an application: the answer is the same for every address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The one that your organization or the accreditation desk has named.")


class InviteForm(forms.Form):
    given_names = Name(label=gettext_lazy("Given names"), required=False)
    family_name = Name(
        label=gettext_lazy("Family name"),
        help_text=gettext_lazy("A person with one name has it here. Everybody checks their own name later."),
        error_messages={"required": gettext_lazy("Enter the person’s family name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("The person’s own: the link to the application goes to it."),
        widget=forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the person’s e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address like name@example.org."),
        },
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Comes as"), choices=words.choices(words.PART), initial=Part.REPRESENTATIVE
    )

    is_namesake = forms.BooleanField(
        label=gettext_lazy("This is another person of the same name"), required=False
    )  # asked of nobody before it is in doubt

    def __init__(self, *args, category, asks_part=True, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_namesake" not in self.data:
            self.fields.pop("is_namesake")
        if not (asks_part and category.outside_cap):
            del self.fields["part"]

    def clean_email(self):
        return address(self.cleaned_data["email"])

    def ask_about_namesake(self):
        self.fields["is_namesake"] = self.base_fields["is_namesake"]

    @property
    def invitee(self):
        return Invitee(**self.cleaned_data)


class LetterForm(forms.Form):
    """``kinds`` are those of ``delegation_papers.kinds``; the file is looked into by ``evidence.add``."""

    kind = forms.ChoiceField(label=gettext_lazy("Which letter"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("The letter"),
        allow_empty_file=True,  # told in better words by ``evidence``
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
        error_messages={"required": gettext_lazy("Choose the file of the letter.")},
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, words.EVIDENCE_KIND[EvidenceKind(kind)]) for kind in kinds]
        self.fields["file"].help_text = _("PDF, JPEG or PNG, up to %(size)s. It names everybody whom you send.") % {
            "size": paper_words.size(settings.MAX_UPLOAD_BYTES)
        }
        if len(kinds) == 1:
            del self.fields["kind"]
        self.only_kind = kinds[0]

    @property
    def chosen_kind(self):
        return self.cleaned_data.get("kind") or self.only_kind


class ListForm(forms.Form):
    people = forms.CharField(
        label=gettext_lazy("People, one a line"),
        max_length=30_000,
        strip=False,  # or the lines would lose their numbers
        help_text=gettext_lazy(
            "Like Ada EXAMPLE, ada@example.org, or columns of a table: given names, family name, e-mail."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write or paste at least one person.")},
    )

    def clean_people(self):
        """[Invitee]; a sentence for each line that cannot be read."""
        lines = [(number, line) for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1)]
        lines = [(number, line) for number, line in lines if line.strip(" \t,;\ufeff\u200e\u200f")]
        if lines and is_heading(lines[0][1]):
            lines = lines[1:]
        if not lines:
            raise ValidationError(_("Write or paste at least one person."))
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("Paste %(most)s lines at most; these are %(count)s.") % {"most": MOST_LINES, "count": len(lines)}
            )
        return _read(lines)


def _read(lines):
    invitees, sentences, lines_by_key = [], [], {}
    for number, line in lines:
        try:
            invitee = invitee_of(line, number)
        except ValidationError as error:
            sentences += [_on_line(number, sentence) for sentence in error.messages]
            continue
        if invitee.key in lines_by_key:
            words_of_it = _("%(name)s stands on line %(other)s already.")
            said = words_of_it % {"name": invitee, "other": lines_by_key[invitee.key]}
            sentences.append(_on_line(number, said))
            continue
        lines_by_key[invitee.key] = number
        invitees.append(invitee)
    if sentences:
        raise ValidationError(sentences)
    return invitees


def _on_line(number, sentence):
    return _("Line %(number)s: %(sentence)s") % {"number": number, "sentence": sentence}


def invitee_of(line, number=0):
    """One line: a name and <address>, or two or three columns parted by tabs, semicolons or commas."""
    line = line.strip("\ufeff \u200e\u200f")
    if bracketed := BRACKETED.match(line):
        given, family = split_name(bracketed["name"].strip(" \t,;\"“”'"))
        mail = bracketed["email"]
    else:
        given, family, mail = _columns(line)
    if not given and not family:
        raise ValidationError(_("there is no name. Write one line like Ada EXAMPLE, ada@example.org."))
    name = Name(required=False, label=_("Name"))
    return Invitee(name.clean(given), name.clean(family), address(mail), line=number)


def _columns(line):
    separator = next((mark for mark in SEPARATORS if mark in line), None)
    cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True)) if separator else [line]
    cells = [cell.strip(" \"“”'") for cell in cells]
    cells = [cell for cell in cells if cell]
    mail = next((cell for cell in cells if "@" in cell), "")
    if not mail:
        raise ValidationError(NO_ADDRESS)
    if separator is None and " " in line.strip():  # parted by spaces
        mail = next(word for word in line.split() if "@" in word)
        return *split_name(line.replace(mail, " ").strip()), mail
    names = [cell for cell in cells if cell != mail]
    if len(names) > 2:
        raise ValidationError(_("there are too many columns. Write given names, family name and e-mail alone."))
    return (*names, mail) if len(names) == 2 else (*split_name(names[0] if names else ""), mail)


def split_name(name):
    """(given names, family name): “EXAMPLE, Ada” as written; else the words in capitals at the end are the family name,
    else the last word is. The person puts it right."""
    if "," in name:
        family, given = name.split(",", 1)
        return given.strip(), family.strip()
    parts = name.split()
    at = len(parts)
    while at > 0 and parts[at - 1].isupper() and len(parts[at - 1]) > 1:
        at -= 1
    if at in {0, len(parts)} and parts:
        at = len(parts) - 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def is_heading(line):
    """The first line of a table, which names its columns."""
    return "@" not in line and any(word in line.casefold() for word in HEADINGS)


def address(email):
    try:
        outbox.refuse_bad_address(email)
    except outbox.MessageRefused as refused:
        raise ValidationError(_("“%(address)s” is no e-mail address.") % {"address": email}) from refused
    return email

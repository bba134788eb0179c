"""What a reader takes from an advisory: plain dataclasses, printed in the published schema's words."""

from dataclasses import asdict, dataclass, field


def gettext_noop(sentence):
    """Marks a sentence for the catalogues. Here it stays English: whoever shows it translates it."""
    return sentence


@dataclass(frozen=True)
class Warning:
    """One doubt a person can settle: a code, the Draft field it stands beside, a sentence saying what to do.

    ``message`` is marked for translation; ``values`` fill its %(name)s.
    """

    code: str
    field: str
    message: str
    values: dict = field(default_factory=dict)


@dataclass
class Session:
    title: str
    date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    venue: str | None = None


@dataclass
class Symbol:
    symbol: str
    role: str = "main"


@dataclass
class Contact:
    name: str | None = None
    office: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """Dates are YYYY-MM-DD and times HH:MM, local to ``time_zone``; None means the text does not say."""

    language: str = "en"
    notice: str | None = None
    title: str | None = None
    theme: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    time_zone: str | None = None
    city: str | None = None
    venue: str | None = None
    sessions: list[Session] = field(default_factory=list)
    embargo: str | None = None
    symbols: list[Symbol] = field(default_factory=list)
    webcast: list[str] = field(default_factory=list)
    who: list[str] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    hashtags: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    background: list[str] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)

    def as_json(self):
        """The schema's keys and nothing else; ``warnings`` as a list of distinct codes."""
        printed = asdict(self)
        printed["warnings"] = list(dict.fromkeys(warning.code for warning in self.warnings))
        return printed

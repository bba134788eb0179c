"""Every variable Rostrum reads from the environment, in one table, and the reader that reports all problems at once."""

import os
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config import field_keys, signing_keys
from office.names.table import BadNames, entries

ROOT = Path(__file__).resolve().parent.parent

OFFICIAL_LANGUAGES = {
    "ar": "عربي",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


@dataclass(frozen=True)
class Variable:
    name: str
    default: str
    means: str


VARIABLES = [
    Variable(
        "VAR_DIR", str(ROOT / "var"), "Folder for what the running site keeps: database, files, mail, static files."
    ),
    Variable(
        "DATABASE_URL",
        "",
        "postgres://… or sqlite:///…; empty means SQLite in VAR_DIR. Behind a pooler that shares connections between "
        "transactions add ?DISABLE_SERVER_SIDE_CURSORS=True.",
    ),
    Variable("SECRET_KEY", "", "Signs sessions and links; at least 50 characters. Or name a file in SECRET_KEY_FILE."),
    Variable("SECRET_KEY_FILE", "", "File holding the secret key; empty means secret_key in VAR_DIR."),
    Variable(
        "FIELD_KEYS",
        "",
        "Keys that seal what is dangerous for people, newest first. Or name a file in FIELD_KEYS_FILE.",
    ),
    Variable("FIELD_KEYS_FILE", "", "File holding these keys; empty means field_keys in VAR_DIR."),
    Variable(
        "SIGNING_KEYS",
        "",
        "Keys that sign hand-overs to security, newest first. Or name a file in SIGNING_KEYS_FILE.",
    ),
    Variable("SIGNING_KEYS_FILE", "", "File holding these keys; empty means signing_keys in VAR_DIR."),
    Variable(
        "SECURITY_PUBLIC_KEY",
        "",
        "Ed25519 key in base64 by which security signs its results; empty means two officers confirm each.",
    ),
    Variable("PORT", "8000", "Port the site listens on."),
    Variable("SITE_URL", "", "Public address, such as https://press.example.int; empty means http://localhost:PORT."),
    Variable("ALLOWED_HOSTS", "", "Host names answered, comma-separated; empty means SITE_URL's, 127.0.0.1 and [::1]."),
    Variable("TRUSTED_PROXIES", "", "Addresses of proxies whose X-Forwarded-Proto counts, comma-separated."),
    Variable("DEBUG", "off", "on shows error details to everybody: for development alone."),
    Variable(
        "CACHE_URL",
        "locmemcache://",
        "Shared cache, such as redis://host:6379/0; without, each process counts failed tries alone.",
    ),
    Variable(
        "EMAIL_URL", "", "Outgoing mail, such as smtp+tls://user:secret@host:587; empty writes mail into VAR_DIR."
    ),
    Variable("STORAGE_URL", "", "Folder for uploaded files, as file:///path; empty means files in VAR_DIR."),
    Variable("TIME_ZONE", "UTC", "Zone of the organization's seat, an IANA name such as Europe/Vienna."),
    Variable("LANGUAGES", "ar,zh,en,fr,ru,es", "Languages of the public pages, comma-separated, in any order."),
    Variable("ORGANIZATION_NAME", "Rostrum", "Name in the masthead, in calendar files and in feeds."),
    Variable("PRESS_DESK_EMAIL", "", "The press desk's address: foot of every page, and contacts after a meeting."),
    Variable("PRESS_DESK_PHONE", "", "The press desk's telephone in international form, such as +41225550100."),
    Variable(
        "DATA_PROTECTION_EMAIL", "", "Who answers for personal data: privacy pages; empty means the press desk answers."
    ),
    Variable("APPROVAL", "off", "on: a second officer must approve whatever is published."),
    Variable("REVOCATION_HOURS", "24", "Hours for which doors without network rely on a list of void badges."),
    Variable("CONTACT_DAYS", "30", "Days after a meeting until contacts' names give way to the press desk."),
    Variable("DOCUMENTS_URL", "https://docs.un.org/{lang}/{symbol}", "Where a document symbol leads."),
    Variable("DOCUMENT_PATTERNS", "", "Other houses' symbols: a regular expression, a space, an address; one a line."),
    Variable(
        "NAMES_FILE", "", "Your own names of States: rows that stand in place of those in office/names/names.tsv."
    ),
    Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
]


@dataclass
class Environment:
    """Reads the table; ``problem()`` collects sentences and ``stop_on_problems()`` raises them together."""

    values: dict = field(default_factory=lambda: dict(os.environ))
    problems: list = field(default_factory=list)

    def text(self, name):
        variable = next(v for v in VARIABLES if v.name == name)
        return self.values.get(name, "").strip() or variable.default

    def problem(self, sentence):
        self.problems.append(sentence)

    def flag(self, name):
        value = self.text(name).lower()
        if value not in {"on", "off", "true", "false", "1", "0", "yes", "no"}:
            self.problem(f"{name} must be on or off; it is “{value}”.")
        return value in {"on", "true", "1", "yes"}

    def names(self, name):
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def secret_key(self, var_dir):
        if key := self.text("SECRET_KEY"):
            return self._long_enough(key, "SECRET_KEY")
        path = Path(self.text("SECRET_KEY_FILE") or var_dir / "secret_key")
        try:
            return self._long_enough(path.read_text().strip(), f"The secret in {path}")
        except OSError:
            self.problem(f"Set SECRET_KEY, or write a secret into {path} (script/server does this for a local site).")
            return ""

    def _long_enough(self, key, what):
        if len(key) < 50:
            self.problem(f"{what} must have at least 50 characters; it has {len(key)}.")
        return key

    def field_keys_file(self, var_dir):
        """The file of the ring, or None when FIELD_KEYS itself holds it."""
        return None if self.text("FIELD_KEYS") else Path(self.text("FIELD_KEYS_FILE") or var_dir / "field_keys")

    def field_keys(self, var_dir):
        path = self.field_keys_file(var_dir)
        try:
            ring, sentences = field_keys.read(path.read_text() if path else self.text("FIELD_KEYS"))
        except FileNotFoundError:
            self.problem(f"Set FIELD_KEYS, or restore {path} from its backup (script/server writes a new site's).")
            return field_keys.Ring({}, b"")
        except (OSError, UnicodeDecodeError) as error:
            self.problem(f"{path} cannot be read: {getattr(error, 'strerror', 'it is no text')}.")
            return field_keys.Ring({}, b"")
        for sentence in sentences:
            self.problem(f"{path or 'FIELD_KEYS'} {sentence}")
        return ring

    def signing_keys(self, var_dir):
        """{number: 32 bytes}, newest first; none where there is no file, and then nothing can be signed."""
        named = self.text("SIGNING_KEYS_FILE")
        path = None if self.text("SIGNING_KEYS") else Path(named or var_dir / "signing_keys")
        try:
            ring, sentences = signing_keys.read(path.read_text() if path else self.text("SIGNING_KEYS"))
        except FileNotFoundError:
            if named:
                self.problem(f"SIGNING_KEYS_FILE names {path}, which is not there.")
            return {}
        except (OSError, UnicodeDecodeError) as error:
            self.problem(f"{path} cannot be read: {getattr(error, 'strerror', 'it is no text')}.")
            return {}
        for sentence in sentences:
            self.problem(f"{path or 'SIGNING_KEYS'} {sentence}")
        return ring

    def security_public_key(self):
        text = self.text("SECURITY_PUBLIC_KEY")
        key = signing_keys.public_key(text)
        if text and not key:
            self.problem("SECURITY_PUBLIC_KEY must be 32 bytes in base64.")
        return key

    def database(self, var_dir):
        url = self.text("DATABASE_URL") or f"sqlite:///{var_dir / 'rostrum.sqlite3'}"
        try:
            database = environ.Env.db_url_config(url)
        except (ValueError, KeyError, ImproperlyConfigured):
            database = {"ENGINE": ""}
        if database["ENGINE"] not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
            self.problem("DATABASE_URL must start with postgres:// or sqlite:///.")
        return database

    def url(self, name, read):
        try:
            return read(self.text(name))
        except (ValueError, KeyError, ImproperlyConfigured):
            self.problem(f"{name} is not an address Rostrum can read: see the list of settings.")
            return {}

    def site_url(self):
        url = self.text("SITE_URL") or f"http://localhost:{self.text('PORT')}"
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            self.problem(f"SITE_URL must be like https://press.example.int, without a path; it is “{url}”.")
        return url.rstrip("/")

    def time_zone(self):
        name = self.text("TIME_ZONE")
        if name not in zoneinfo.available_timezones():
            self.problem(f"TIME_ZONE must be an IANA name such as Europe/Vienna; it is “{name}”.")
            return "UTC"
        return name

    def names_file(self):
        path = self.text("NAMES_FILE")
        try:
            entries(path)
        except BadNames as problem:
            self.problem(f"NAMES_FILE: {problem}")
        return path

    def number(self, name):
        text = self.text(name)
        if not (text.isascii() and text.isdigit()):
            self.problem(f"{name} must be a whole number; it is “{text}”.")
            return 0
        return int(text)

    def log_level(self):
        level = self.text("LOG_LEVEL").upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            self.problem(f"LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR; it is “{level}”.")
            return "INFO"
        return level

    def languages(self):
        codes = self.names("LANGUAGES")
        if unknown := [code for code in codes if code not in OFFICIAL_LANGUAGES]:
            self.problem(f"LANGUAGES may hold ar, zh, en, fr, ru, es; it also holds {', '.join(unknown)}.")
        return [(code, name) for code, name in OFFICIAL_LANGUAGES.items() if code in codes or code == "en"]

    def stop_on_problems(self):
        if self.problems:
            raise ImproperlyConfigured("Rostrum cannot start:\n- " + "\n- ".join(self.problems))


def reference_page():
    """The page docs/settings.md, in Markdown: ``python -m config.environment > docs/settings.md``."""
    rows = [f"| `{v.name}` | {_shown(v.default)} | {v.means} |" for v in VARIABLES]
    head = ["# Settings", "", "Rostrum reads these variables from the environment, once, at its start.", ""]
    return "\n".join([*head, "| Variable | Default | Means |", "| --- | --- | --- |", *rows]) + "\n"


def _shown(default):
    text = default.replace(str(ROOT), "<project>")
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    print(reference_page(), end="")

"""The site's settings, on a folder and a database of the tests' own; ``tests/postgres.py`` names both."""

import os
from pathlib import Path

_var_dir = Path(os.environ["TEST_VAR_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
_read_by_settings = {
    "VAR_DIR": str(_var_dir),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{_var_dir}/rostrum.sqlite3"),
    "SECRET_KEY": "a secret for the tests, long enough and known to everybody who reads it",
    "SIGNING_KEYS": f"1:{'C' * 42}E=",
    "FIELD_KEYS": f"1:{'A' * 42}E= lookup:{'B' * 42}E=",
}
# Nothing of the site that may be running on this machine reaches the tests
from config.environment import VARIABLES  # noqa: E402

for _variable in VARIABLES:
    os.environ.pop(_variable.name, None)
os.environ |= _read_by_settings

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PAGES_HELD_SECONDS = 0  # a test that turns it on says so
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A file, as the embedded database is; PostgreSQL's name gets pytest-xdist's suffix
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_var_dir / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread's open connection would keep the database from being dropped

"""All settings, read once from the environment (``config/environment.py`` lists the variables)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from config.environment import ROOT, Environment

env = Environment()

# Paths
BASE_DIR = ROOT
VAR_DIR = Path(env.text("VAR_DIR"))

# Environment
SECRET_KEY = env.secret_key(VAR_DIR)
FIELD_KEYS = env.field_keys(VAR_DIR)
FIELD_KEYS_FILE = env.field_keys_file(VAR_DIR)
SIGNING_KEYS = env.signing_keys(VAR_DIR)
SECURITY_PUBLIC_KEY = env.security_public_key()
DEBUG = env.flag("DEBUG")
SITE_URL = env.site_url()
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
SECURE_SITE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or [SITE_HOST, "127.0.0.1", "[::1]"]
TRUSTED_PROXIES = env.names("TRUSTED_PROXIES")

# Apps
INSTALLED_APPS = [
    "accreditation",
    "advisory",
    "office",
    "config.apps.PanelConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
]
AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = ["office.sign_in.GrantBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
MIDDLEWARE = [
    "config.request_log.RequestLog",
    "config.languages.PathLanguage",
    "config.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "config.csp.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.staff_paths.StaffMethods",
    "config.staff_paths.StaffSession",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.staff_paths.StaffAuthentication",
    "config.staff_hours.StaffHours",
    "config.kept_posts.KeptPosts",
    "config.staff_paths.StaffLanguage",
    "config.staff_paths.StaffMessages",
    "allauth.account.middleware.AccountMiddleware",
    "config.second_factor.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.unreadable.Unreadable",
]

# Database: SQLite in the durable profile, or PostgreSQL with connections kept open
DATABASES = {"default": env.database(VAR_DIR)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # What is deleted or sealed is overwritten: not every build of SQLite does so by itself
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",
    }
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
CACHES = {"default": env.url("CACHE_URL", environ.Env.cache_url_config)}

# Templates and forms
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "config.form_controls.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Static files: hashed names, compressed once, kept for ever by browsers
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGE_DIR = env.text("STORAGE_URL").removeprefix("file://") or str(VAR_DIR / "files")
STORAGES = {
    "private": {
        "BACKEND": "office.uploads.files.PrivateFiles",
        "OPTIONS": {
            "location": STORAGE_DIR,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
STORAGES["default"] = STORAGES["private"]  # nothing uploaded is ever public by itself
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if SECURE_SITE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_SITE else "csrf"
SESSION_COOKIE_AGE = 30 * 60  # without a request; config/staff_hours.py ends what lasts a day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "config.kept_posts.too_old"
SESSION_SERIALIZER = "office.sessions.Sealed"
SECURE_SSL_REDIRECT = SECURE_SITE
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SITE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a meeting of 60 programme items and 30 speakers has over a thousand
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Staff sign-in
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
ACCOUNT_ADAPTER = "office.sign_in.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
MFA_ADAPTER = "office.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are half a minute wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "activate_totp": "office.second_factor.forms.ActivateAppForm",
    "add_webauthn": "office.second_factor.forms.AddPasskeyForm",
    "edit_webauthn": "office.second_factor.forms.RenamePasskeyForm",
    "authenticate": "office.second_factor.forms.CodeForm",
    "authenticate_webauthn": "office.second_factor.forms.PasskeyForm",
    "login_webauthn": "office.second_factor.forms.SignInByPasskeyForm",
    "reauthenticate": "office.second_factor.forms.CodeAgainForm",
    "reauthenticate_webauthn": "office.second_factor.forms.PasskeyAgainForm",
}

# E-mail: pages queue it, the worker sends it and waits for a reply of the server EMAIL_TIMEOUT seconds at most
EMAIL = env.url("EMAIL_URL", environ.Env.email_url_config) if env.text("EMAIL_URL") else {}
EMAIL_BACKEND = {
    None: "office.mail_server.MailFolder",
    "django.core.mail.backends.smtp.EmailBackend": "office.mail_server.SmtpServer",
}.get(EMAIL.get("EMAIL_BACKEND"), EMAIL.get("EMAIL_BACKEND"))
EMAIL_TIMEOUT = 15
EMAIL_FILE_PATH = EMAIL.get("EMAIL_FILE_PATH") or str(VAR_DIR / "mail")
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_USER") or "", EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.text("PRESS_DESK_EMAIL") or f"press@{SITE_HOST}"

# Uploads
MAX_UPLOAD_BYTES = 10_000_000

# Time and languages. Pages address a language by prefix; English, the default, has none.
TIME_ZONE = env.time_zone()
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = env.languages()
LOCALE_PATHS = [BASE_DIR / "locale"]

# Logging: one JSON object a line on standard error
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.request_log.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.log_level()},
    "loggers": {"django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}

# Ours
ORGANIZATION_NAME = env.text("ORGANIZATION_NAME")
PRESS_DESK_EMAIL = env.text("PRESS_DESK_EMAIL")
PRESS_DESK_PHONE = env.text("PRESS_DESK_PHONE")
DATA_PROTECTION_EMAIL = env.text("DATA_PROTECTION_EMAIL")
APPROVAL = env.flag("APPROVAL")
CONTACT_DAYS = env.number("CONTACT_DAYS")
REVOCATION_HOURS = env.number("REVOCATION_HOURS")
NAMES_FILE = env.names_file()
PAGES_HELD_SECONDS = 0.1
DOCUMENTS_URL = env.text("DOCUMENTS_URL")
DOCUMENT_PATTERNS = [tuple(line.rsplit(None, 1)) for line in env.text("DOCUMENT_PATTERNS").splitlines() if line.strip()]

env.stop_on_problems()

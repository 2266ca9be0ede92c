"""Settings. What differs between installations comes from the environment (docs/operations.md)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from .environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
env = Environment(os.environ)

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY", least=32)
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS", least=32)
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
SITE_URL = env.site_url("SITE_URL", "http://127.0.0.1:8000")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname, *env.names("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "agencies",
    "pledges",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "netralitas.apps.AssetsConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "treebeard",
    "csp",
    "netralitas",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "netralitas.kiosk.KioskOnly",
    "netralitas.sessions.WhatEnded",
    "netralitas.errors.LoginFirst",
    "netralitas.second_factor.SecondFactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "netralitas.sessions.LastSeen",
    "netralitas.errors.RefusalMiddleware",
]

ROOT_URLCONF = "netralitas.urls"
WSGI_APPLICATION = "netralitas.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "netralitas.navigation.navigation",
            ],
        },
    },
]

# Database --------------------------------------------------------------------------------------

DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'netralitas.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL: an acknowledged signature survives a power cut (NORMAL loses some, measured).
    # IMMEDIATE: a transaction that will write takes its lock first instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: REPLACE must not get past the triggers of append-only tables.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON"
        ),
    }
# Opening a connection costs more than most requests ask of it.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes and machines: what counts attempts must not live in one's memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A flood of guesses must not push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# How long the link of an invitation or of a forgotten password holds, in seconds.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "agencies.accounts.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "agencies.accounts.forms.LoginForm",
    "reset_password": "agencies.accounts.forms.ForgottenPasswordForm",
    "user_token": "agencies.accounts.forms.PasswordLinkForm",
    "reset_password_from_key": "agencies.accounts.forms.PasswordFromLinkForm",
    "change_password": "agencies.accounts.forms.ChangePasswordForm",
    "set_password": "agencies.accounts.forms.SetPasswordForm",
    "reauthenticate": "agencies.accounts.forms.PasswordAgainForm",
}
# Django's own asks for no row of allauth's table of addresses: an account has one, its own.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Attempts count per account and never per address: a whole office, and behind a reverse proxy
# everybody, shares one. What is limited per address alone by default is not limited here: a link
# and a passkey cannot be guessed.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key",
    "login_unknown": "60/h/key",
    "login": None,
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "reset_password": None,  # by `password_link`, which answers like any other request
    "password_link": "5/h/key",
    "reset_password_from_key": None,
}

# The second factor -----------------------------------------------------------------------------

ROLES = ["HR", "OPERATOR", "HEAD", "AUDITOR"]
SECOND_FACTOR_ROLES = env.subset("SECOND_FACTOR_ROLES", ["HR"] if SECURE else [], ROLES)
MFA_ADAPTER = "agencies.accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Accounts are made by HR, who knows the address: it is not verified before a factor is added.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A code holds half a minute longer, for slow hands and clocks; the forms refuse its second use.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_FORMS = {
    "authenticate": "agencies.accounts.forms.CodeForm",
    "reauthenticate": "agencies.accounts.forms.CodeAgainForm",
    "activate_totp": "agencies.accounts.forms.EnrolCodeForm",
    "add_webauthn": "agencies.accounts.forms.AddPasskeyForm",
    "login_webauthn": "agencies.accounts.forms.PasskeyLoginForm",
}

# Single sign-on --------------------------------------------------------------------------------

OIDC = env.sign_on()
SOCIALACCOUNT_ADAPTER = "agencies.accounts.social.SocialAccountAdapter"

# Mail ------------------------------------------------------------------------------------------

# Without a mail server every mail becomes a file, so that nothing is lost and trying out is easy.
vars().update(env.mail("EMAIL_URL", f"filemail:///{DATA_DIR / 'mail'}"))
EMAIL_TIMEOUT = 20
# How many mails to participants leave in a minute, all workers together.
MAIL_PER_MINUTE = env.number("MAIL_PER_MINUTE", 120, lowest=1, highest=10_000)
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"Netralitas <netralitas@{ALLOWED_HOSTS[0]}>")

# Language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Files -----------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", NODE_MODULES / "bootstrap" / "dist"),
    ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
    ("vendor/idb", NODE_MODULES / "idb" / "build"),
    ("vendor/signature_pad", NODE_MODULES / "signature_pad" / "dist"),
]
# Signed pacts are private: no address leads into this folder, views hand the files out.
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "netralitas.storage.PrivateFiles"},
    "staticfiles": {"BACKEND": "netralitas.storage.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG

# Evidence --------------------------------------------------------------------------------------

# The Ed25519 key (a PEM file) that signs the heads of the register; only the worker reads it.
REGISTER_KEY = env.text("REGISTER_KEY", "")
REGISTER_FORMER_KEYS = env.public_keys("REGISTER_FORMER_KEYS")
# The organisation's seal on pacts: a PKCS#12 file, "none" on a machine that is to seal nothing, or
# unset for a demo key; only the worker and the command line need it.
SEAL_PKCS12 = env.text("SEAL_PKCS12", "")
SEAL_PKCS12_PASSWORD = env.text("SEAL_PKCS12_PASSWORD", "")
TSA_URL = env.time_stamp_server("TSA_URL")
SEAL_LEVEL = env.seal_level("SEAL_LEVEL", ["B-B", "B-T", "B-LT", "B-LTA"])
SEAL_TRUST_ROOTS = env.text("SEAL_TRUST_ROOTS", "")

# Forms, tables and messages --------------------------------------------------------------------

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "secondary"}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# The first decides, before anything is read, how much a view takes: `accepts_files`.
FILE_UPLOAD_HANDLERS = [
    "netralitas.lib.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security --------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "netralitas.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.switch("TRUST_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many of our own proxies add to X-Forwarded-For; from anybody else the header says nothing.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0, lowest=0, highest=9)

# Log -------------------------------------------------------------------------------------------

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", LOG_LEVELS)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "netralitas.logs.SecretsFormatter",
            "format": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A renderer's warnings may quote a name; the worker's notes would bury everything else.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        # What it finds in a PDF that is being examined is told by the examination.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        "django_tasks": {"level": "WARNING"},
        # Django's own handlers would write past the formatter that takes secrets out.
        "django": {"handlers": [], "level": LOG_LEVEL},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}

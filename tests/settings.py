"""Settings of the tests: the product's own, with an environment that no .env or shell can bend.

DATABASE_URL alone is taken from outside: `make test` runs the suite on SQLite and on PostgreSQL.
"""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
FIXED = {
    "SECRET_KEY": "tests-only-tests-only-tests-only-tests-only-tests-only",
    "DEBUG": "off",
    "SITE_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "",
    "TRUST_FORWARDED_PROTO": "off",
    "EMAIL_URL": "",
    "MAIL_FROM": "",
    "MAIL_PER_MINUTE": "",
    "LOG_LEVEL": "WARNING",
    "SECOND_FACTOR_ROLES": "none",
    "TRUSTED_PROXIES": "0",
    "OIDC_SERVER_URL": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_NAME": "",
    "OIDC_NIP_CLAIM": "",
    "REGISTER_KEY": "",
    "REGISTER_FORMER_KEYS": "",
    "SEAL_PKCS12": "",
    "SEAL_PKCS12_PASSWORD": "",
    "SEAL_LEVEL": "",
    "SEAL_TRUST_ROOTS": "",
    "TSA_URL": "",
    "DATA_DIR": str(BASE_DIR / "var" / "tests"),
}
os.environ.update(FIXED)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'tests' / 'db.sqlite3'}")

from netralitas.settings import *  # noqa: E402, F403
from netralitas.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files come straight from their sources; nothing needs to be collected before a test.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

"""Static files as production serves them: hashed names, also for what scripts import."""

import re

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

IMPORT = re.compile(r'from\s*"(\.[^"]+)"')
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_a_script_imports_hashed_names_of_files_that_are_there(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    # The rest of the libraries import nothing of each other and take long to compress.
    settings.STATICFILES_DIRS = [
        settings.BASE_DIR / "static",
        ("vendor/signature_pad", settings.NODE_MODULES / "signature_pad" / "dist"),
    ]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "netralitas.storage.StaticFiles"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    pad = settings.STATIC_ROOT / staticfiles_storage.stored_name("js/signing/pad.js")
    (imported,) = IMPORT.findall(pad.read_text(encoding="utf-8"))
    assert HASHED.search(imported)
    assert (pad.parent / imported).resolve().is_file()

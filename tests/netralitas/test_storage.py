"""Files as production stores them: static ones by hashed names, private ones so that they last."""

import os
import re

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

IMPORT = re.compile(r'from\s*"(\.[^"]+)"')
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_a_script_imports_hashed_names_of_files_that_are_there(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    # The rest of the libraries import nothing of each other and take long to compress.
    settings.STATICFILES_DIRS = [
        settings.BASE_DIR / "static",
        ("vendor/idb", settings.NODE_MODULES / "idb" / "build"),
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


def test_a_private_file_and_the_folders_that_name_it_are_on_the_disk_once_it_is_saved(
    settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path / "files"
    synced, sync = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (sync(handle), synced.append(os.fstat(handle).st_ino))
    )
    name = default_storage.save("pakta/ab/abcd.pdf", ContentFile(b"%PDF-"))
    path = settings.MEDIA_ROOT / name
    assert path.read_bytes() == b"%PDF-"
    named = [path, path.parent, path.parent.parent, settings.MEDIA_ROOT]
    assert synced == [each.stat().st_ino for each in named]

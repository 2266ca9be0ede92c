"""How files are stored: private ones so that they last, static ones for production."""

import os
from functools import cache, cached_property
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PrivateFiles(FileSystemStorage):
    """Files that are on the disk once they are saved, so that a row may name them from then on."""

    def _save(self, name, content):
        name = super()._save(name, content)
        path, root = Path(self.path(name)), Path(self.location)
        for each in (path, *path.parents):
            _sync(each)
            if each == root:
                break
        return name


def _sync(path):
    """Have the system write a file, or which files a folder has, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies, also for what one ES module imports from another."""

    support_js_module_import_aggregation = True

    def url(self, name, force=False):
        """The address of a file. Which it is stays the same while a process runs, and a page asks
        for two dozen of them.
        """
        return self._known_urls(name, force)

    @cached_property
    def _known_urls(self):
        return cache(super().url)

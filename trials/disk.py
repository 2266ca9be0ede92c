"""A disk for a database of SQLite: its power can be cut, and it can be full (fsync_mirror.c)."""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("fsync_mirror.c")
DATABASE = "netralitas.sqlite3"


class Disk:
    """The folder of the database, and what surely is on the disk of it.

    Processes with `environment` work on it. Only while none of them lives may anybody else touch
    the database: what goes past the shim would be missing in the mirror.
    """

    def __init__(self, folder):
        self.folder, self.mirror, self.first = folder / "disk", folder / "mirror", folder / "first"
        self.flag, self.library = folder / "full", folder / "fsync_mirror.so"
        self.database = self.folder / DATABASE
        self.url = f"sqlite:///{self.database}"
        self.folder.mkdir()

    @property
    def environment(self):
        """What a process must find in its environment."""
        return {
            "LD_PRELOAD": str(self.library),
            "TRIAL_DISK": str(self.folder),
            "TRIAL_MIRROR": str(self.mirror),
            "TRIAL_FULL": str(self.flag),
        }

    def remember(self):
        """Compile the shim; the database as it stands is that with which every trial begins."""
        command = ["cc", "-O2", "-Wall", "-shared", "-fPIC", "-o", self.library, SOURCE, "-ldl"]
        subprocess.run(command, check=True)
        shutil.copytree(self.folder, self.first)

    def begin(self):
        """The database as remembered, all of it on the disk."""
        for folder in (self.folder, self.mirror):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.first, folder)

    def cut_power(self):
        """Leave of the database what was on the disk. No process may be alive."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (self.mirror / name).exists():
                shutil.copyfile(self.mirror / name, self.folder / name)

    def fill(self):
        """From now on nothing can be written."""
        self.flag.touch()

    def free(self):
        """From now on everything can be written again."""
        self.flag.unlink()

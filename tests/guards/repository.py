"""What the guards read: the files of this repository, as git knows them."""

import ast
import functools
import subprocess
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("netralitas", "agencies", "pledges")


@functools.cache
def repository_files():
    """Every file that is committed, or would be: nothing that .gitignore names."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=BASE_DIR, capture_output=True, check=True, text=True)
    paths = (BASE_DIR / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in set(paths) if path.is_file())


def files_in(*folders, ending=""):
    """The files below the named folders whose names end so."""
    roots = [BASE_DIR / folder for folder in folders]
    return [
        path
        for path in repository_files()
        if path.name.endswith(ending) and any(path.is_relative_to(root) for root in roots)
    ]


def product_code():
    """The Python files of the product, migrations left out."""
    return [path for path in files_in(*PACKAGES, ending=".py") if "migrations" not in path.parts]


@functools.cache
def syntax_tree(path):
    """The parsed source of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path):
    """A path as messages name it."""
    return str(path.relative_to(BASE_DIR))


def percentile_90(numbers):
    """The number below which nine of ten lie."""
    return sorted(numbers)[int(len(numbers) * 0.9)]

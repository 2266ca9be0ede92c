"""What no file of the repository may hold."""

import re

import pytest

from .repository import repository_files, shown

# Written in halves, so that this file does not find itself.
FORBIDDEN = {
    "the host of a package registry": re.compile(
        "|".join(
            re.escape(first + rest)
            for first, rest in [
                ("pypi", ".org"),
                ("pythonhosted", ".org"),
                ("registry.npm", "js.org"),
                ("registry.yarn", "pkg.com"),
                ("npm", "mirror.com"),
            ]
        ),
        re.I,
    ),
    "a path of somebody's machine": re.compile(r"(?<![\w./-])/(?:work|root|home/\w+|Users)/\w"),
    "something left to do": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b"),
    "a merge conflict": re.compile(r"^(?:<{7}|>{7}) ", re.M),
}


def texts():
    """Every file of the repository that is text."""
    for path in repository_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    found = [
        f"{shown(path)}: {match.group()}"
        for path, text in texts()
        for match in FORBIDDEN[what].finditer(text)
    ]
    assert found == []

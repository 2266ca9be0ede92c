"""What the documents lead to is there: files, headings, and the paths they name."""

import re

import pytest

from .repository import BASE_DIR, files_in, repository_files, shown

DOCUMENTS = [BASE_DIR / "README.md", *files_in("docs", ending=".md")]
FENCED = re.compile(r"^```.*?^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+?)\s*$", re.M)
IN_BACKTICKS = re.compile(r"`([\w./*-]+)`")
ELSEWHERE = re.compile(r"[a-z]+:")


def prose(path):
    """A document without what it shows as code."""
    return FENCED.sub("", path.read_text(encoding="utf-8"))


def anchors(path):
    """What headings of a document can be linked by: as GitHub makes them of their words."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(prose(path)))
    return {words.replace(" ", "-") for words in kept}


def leads_somewhere(path, link):
    """Whether a relative link of a document has a file, and a heading if it names one."""
    name, _, heading = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists():
        return False
    return not heading or heading in anchors(target)


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_link_of_a_document_leads_to_a_file_and_a_heading(path):
    links = [link for link in LINK.findall(prose(path)) if not ELSEWHERE.match(link)]
    assert [link for link in links if not leads_somewhere(path, link)] == []


def test_every_path_that_the_architecture_names_is_there():
    """A path is what begins with a folder at the root, or with what is next to one named before."""
    roots = {path.relative_to(BASE_DIR).parts[0] for path in repository_files()}
    named = IN_BACKTICKS.findall(prose(BASE_DIR / "docs/architecture.md"))
    paths = [each for each in named if "/" in each and each.split("/")[0] in roots]
    assert len(paths) > 30
    assert [each for each in paths if not any(BASE_DIR.glob(each))] == []

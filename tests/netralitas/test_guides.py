"""The guides: one for each role, the same text as in docs/guides/, every picture in its place."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from agencies.choices import RoleName
from netralitas.guides import FOLDER, GUIDES, page_of
from tests import factories

PICTURES = settings.BASE_DIR / "static" / "img" / "guides"
SHOWN = re.compile(r"!\[[^\]]+\]\(\.\./\.\./static/img/guides/([\w-]+\.png)\)")


def titles(response):
    return re.findall(r'<span class="guide-title">([^<]+)</span>', response.content.decode())


@pytest.mark.django_db
def test_a_visitor_finds_all_guides(client):
    assert titles(client.get(reverse("guides"))) == [guide.title for guide in GUIDES]


@pytest.mark.django_db
def test_the_guide_of_the_own_role_comes_first(client):
    client.force_login(factories.user_with_role(RoleName.HEAD, factories.OpdFactory()))
    assert titles(client.get(reverse("guides")))[0] == "Kepala OPD"


@pytest.mark.django_db
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_guide_leads_to_each_of_its_sections(client, guide):
    html = client.get(reverse("guide", args=[guide.name])).content.decode()
    fragments = re.findall(r'<li><a href="#([\w-]+)">', html)
    assert len(fragments) >= 3
    assert [f'<h2 id="{fragment}">' in html for fragment in fragments] == [True] * len(fragments)


@pytest.mark.django_db
def test_an_unknown_guide_is_not_found(client):
    assert client.get(reverse("guide", args=["tidak-ada"])).status_code == 404


def test_every_picture_is_there_and_shown():
    texts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert sorted(set(SHOWN.findall(texts))) == sorted(path.name for path in PICTURES.glob("*.png"))


def test_there_is_a_text_for_each_guide_and_no_other():
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted(g.name for g in GUIDES)


def test_every_help_of_a_page_leads_to_a_section_of_a_guide():
    found = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'\bhelp="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    sections = {
        f"{guide.name}#{section.fragment}"
        for guide in GUIDES
        for section in page_of(guide.name).sections
    }
    assert len(found) >= 10
    assert found - sections == set()

"""The colours of static/css/tokens.css against WCAG 2.2 AA, and that they have one home."""

import re

import pytest
from django.conf import settings

STYLES = settings.BASE_DIR / "static" / "css"
DECLARATION = re.compile(r"(--[a-z0-9-]+):\s*([^;]+);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(")
TEXT, EDGE = 4.5, 3.0

PAIRS = [
    *[("--text", ground, TEXT) for ground in ("--paper", "--paper-deep", "--surface")],
    *[("--text-muted", ground, TEXT) for ground in ("--paper", "--paper-deep", "--surface")],
    *[("--link", ground, TEXT) for ground in ("--paper", "--surface", "--note-ground")],
    *[("--link-hover", ground, TEXT) for ground in ("--paper", "--surface")],
    ("--sogan-700", "--paper", TEXT),
    ("--sogan-700", "--sogan-100", TEXT),
    ("--sogan-600", "--surface", TEXT),
    *[("--surface", ground, TEXT) for ground in ("--ink-800", "--ink-700", "--ink-950")],
    *[("--surface", ground, TEXT) for ground in ("--bad-solid", "--good-solid")],
    ("--masthead-text", "--masthead-ground", TEXT),
    ("--masthead-muted", "--masthead-ground", TEXT),
    ("--sogan-300", "--masthead-ground", EDGE),
    *[
        (f"--{tone}-text", ground, TEXT)
        for tone in ("good", "bad", "wait", "note", "calm")
        for ground in (f"--{tone}-ground", "--surface", "--paper")
    ],
    *[("--line-strong", ground, EDGE) for ground in ("--surface", "--paper")],
    *[("--focus", ground, EDGE) for ground in ("--surface", "--paper")],
]


@pytest.fixture(scope="module")
def tokens():
    css = (STYLES / "tokens.css").read_text(encoding="utf-8")
    return dict(DECLARATION.findall(css.partition("@media")[0]))


def resolve(tokens, name):
    value = tokens[name]
    return resolve(tokens, value[4:-1]) if value.startswith("var(") else value


def luminance(colour):
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_that_meet_have_enough_contrast(tokens, front, ground, least):
    light, dark = sorted(
        (luminance(resolve(tokens, front)), luminance(resolve(tokens, ground))), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= least


@pytest.mark.parametrize("name", ["--bs-primary", "--bs-danger", "--bs-success", "--bs-body-color"])
def test_bootstraps_rgb_triples_agree_with_the_tokens(tokens, name):
    digits = resolve(tokens, name).lstrip("#")
    triple = ", ".join(str(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
    assert tokens[f"{name}-rgb"] == triple


def test_no_other_stylesheet_names_a_colour():
    others = [path for path in STYLES.glob("*.css") if path.name != "tokens.css"]
    assert others
    assert [path.name for path in others if COLOUR.search(path.read_text(encoding="utf-8"))] == []

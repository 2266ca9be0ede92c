"""The colours of the big screen in the dark against WCAG 2.2 AA."""

import pytest

from .test_tokens import DECLARATION, EDGE, STYLES, TEXT, luminance, resolve

PAIRS = [
    *[("--text", ground, TEXT) for ground in ("--paper", "--surface")],
    *[("--text-muted", ground, TEXT) for ground in ("--paper", "--surface")],
    *[("--figure", ground, TEXT) for ground in ("--paper", "--surface")],
    ("--wait-text", "--wait-ground", TEXT),
    *[(bar, ground, EDGE) for bar in ("--bar", "--bar-full") for ground in ("--bar-ground",)],
    ("--bar-full", "--paper", EDGE),
    ("--line-strong", "--surface", EDGE),
    ("--focus", "--paper", EDGE),
]


def tokens(theme):
    """What the names mean in a theme: the dark one changes some of the light one."""
    css = (STYLES / "tokens.css").read_text(encoding="utf-8")
    found = dict(DECLARATION.findall(css.partition("@media")[0]))
    if theme == "dark":
        found |= dict(DECLARATION.findall(css.partition('[data-theme="dark"]')[2]))
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_stands_on_the_screen_is_seen_from_afar(theme, front, ground, least):
    names = tokens(theme)
    light, dark = sorted(
        (luminance(resolve(names, front)), luminance(resolve(names, ground))), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= least

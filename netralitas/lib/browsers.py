"""What people call the browser and the device behind a User-Agent header."""

import re

# The first that fits: most browsers also claim to be those further down.
BROWSERS = [
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
]
DEVICES = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
]


def named(user_agent):
    """Such as "Chrome di Windows"; what is not known is called so."""
    browser = _first(BROWSERS, user_agent) or "Peramban lain"
    device = _first(DEVICES, user_agent)
    return f"{browser} di {device}" if device else browser


def _first(names, text):
    return next((name for name, pattern in names if re.search(pattern, text)), "")

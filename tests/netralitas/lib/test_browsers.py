"""Browsers and devices by the names people know."""

import pytest

from netralitas.lib.browsers import named

APPLE = "Mozilla/5.0 ({}) AppleWebKit/605.1.15 (KHTML, like Gecko) {}"
GOOGLE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            GOOGLE.format("Windows NT 10.0; Win64; x64", "Chrome/148.0.0.0 Safari/537.36"),
            "Chrome di Windows",
        ),
        (
            GOOGLE.format("Windows NT 10.0", "Chrome/148.0.0.0 Safari/537.36 Edg/148.0.0.0"),
            "Edge di Windows",
        ),
        (
            GOOGLE.format("Linux; Android 14; SM-A546E", "Chrome/148.0.0.0 Mobile Safari/537.36"),
            "Chrome di Android",
        ),
        (
            GOOGLE.format("Linux; Android 14", "SamsungBrowser/28.0 Chrome/130.0 Safari/537.36"),
            "Samsung Internet di Android",
        ),
        (
            APPLE.format("iPhone; CPU iPhone OS 18_5 like Mac OS X", "Version/18.5 Safari/604.1"),
            "Safari di iPhone",
        ),
        (
            APPLE.format("iPad; CPU OS 18_5 like Mac OS X", "CriOS/148.0 Safari/604.1"),
            "Chrome di iPad",
        ),
        (
            APPLE.format("Macintosh; Intel Mac OS X 10_15_7", "Version/18.5 Safari/605.1.15"),
            "Safari di Mac",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox di Linux",
        ),
        (GOOGLE.format("X11; CrOS x86_64", "Chrome/148.0.0.0 Safari/537.36"), "Chrome di ChromeOS"),
        ("curl/8.5.0", "Peramban lain"),
        ("", "Peramban lain"),
        ("<script>alert(1)</script> Android", "Peramban lain di Android"),
    ],
)
def test_a_browser_is_named(agent, name):
    assert named(agent) == name

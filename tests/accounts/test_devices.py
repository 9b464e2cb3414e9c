"""Rough devices behind real User-Agent strings."""

import pytest

from iom.accounts import texts
from iom.accounts.devices import Browser, Device, System, describe

AGENTS = [
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 YaBrowser/24.12.0 Safari/537.36",
        Device(Browser.YANDEX, System.WINDOWS),
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
        Device(Browser.EDGE, System.WINDOWS),
    ),
    (
        "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        Device(Browser.CHROME, System.ANDROID),
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1",
        Device(Browser.SAFARI, System.IOS),
    ),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", Device(Browser.FIREFOX, System.LINUX)),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.7; rv:132.0) Gecko/20100101 Firefox/132.0", Device(Browser.FIREFOX, System.MACOS)),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0",
        Device(Browser.OPERA, System.WINDOWS),
    ),
    ("curl/8.5.0", Device(Browser.UNKNOWN, System.UNKNOWN)),
    ("", Device(Browser.UNKNOWN, System.UNKNOWN)),
]


@pytest.mark.parametrize(("agent", "device"), AGENTS)
def test_the_device_is_named(agent: str, device: Device) -> None:
    assert describe(agent) == device


def test_every_device_has_words() -> None:
    assert set(texts.BROWSER) == set(Browser)
    assert set(texts.SYSTEM) == set(System)
    assert texts.device(Device(Browser.CHROME, System.WINDOWS)) == "Chrome, Windows"
    assert texts.device(Device(Browser.UNKNOWN, System.UNKNOWN)) == "браузер не определён"

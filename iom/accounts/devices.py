"""Names the browser and the system behind a User-Agent, roughly, so that a person knows their own devices (S-16)."""

from dataclasses import dataclass
from enum import StrEnum


class Browser(StrEnum):
    YANDEX = "yandex"
    EDGE = "edge"
    OPERA = "opera"
    FIREFOX = "firefox"
    CHROME = "chrome"
    SAFARI = "safari"
    UNKNOWN = "unknown"


class System(StrEnum):
    WINDOWS = "windows"
    ANDROID = "android"
    IOS = "ios"
    MACOS = "macos"
    LINUX = "linux"
    UNKNOWN = "unknown"


# The order matters: almost every browser also calls itself Chrome and Safari, and Android calls itself Linux.
BROWSERS = (
    ("YaBrowser/", Browser.YANDEX),
    ("Edg", Browser.EDGE),
    ("OPR/", Browser.OPERA),
    ("Firefox/", Browser.FIREFOX),
    ("FxiOS/", Browser.FIREFOX),
    ("Chrome/", Browser.CHROME),
    ("CriOS/", Browser.CHROME),
    ("Safari/", Browser.SAFARI),
)
SYSTEMS = (
    ("Windows", System.WINDOWS),
    ("Android", System.ANDROID),
    ("iPhone", System.IOS),
    ("iPad", System.IOS),
    ("Mac OS X", System.MACOS),
    ("Linux", System.LINUX),
)


@dataclass(frozen=True, slots=True)
class Device:
    browser: Browser
    system: System


def describe(user_agent: str) -> Device:
    """Return the rough device; unknown parts are said to be unknown."""
    browser = next((kind for mark, kind in BROWSERS if mark in user_agent), Browser.UNKNOWN)
    system = next((kind for mark, kind in SYSTEMS if mark in user_agent), System.UNKNOWN)
    return Device(browser, system)

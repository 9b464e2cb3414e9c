"""Keeps a way back inside the site, whatever was put into the address (S-19)."""

from urllib.parse import urlsplit

HOME = "/"
LONGEST = 2000  # characters


def local_path(target: str | None) -> str:
    """Return the target when a browser would stay on this site with it, else the first screen.

    A browser reads a backslash as a slash and drops tabs and line ends before it looks at an address,
    so what is judged is what it would see, and anything unprintable is refused outright.
    """
    if not target or len(target) > LONGEST or not target.isprintable():
        return HOME
    seen = target.replace("\\", "/")
    if not target.startswith("/") or seen.startswith("//"):
        return HOME
    try:
        parts = urlsplit(seen)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else target

"""Names of files as people gave them, made harmless: shown and sent back, never used on disk."""

import re
import unicodedata

from iom.support.evidence_files.texts import FALLBACK_STEM

MAX_LABEL = 200  # characters, extension included
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_INVISIBLE_KINDS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, marks of direction, half characters, line ends


def clean_label(filename: str) -> str:
    """Return the last part of the name without what could mislead a person or a program; at most 200 characters."""
    name = unicodedata.normalize("NFC", filename[-4_000:]).replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in _SPACES.sub(" ", name) if unicodedata.category(sign) not in _INVISIBLE_KINDS)
    name = _FORBIDDEN.sub("_", name).rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = stem.strip(" .") or FALLBACK_STEM
    if _RESERVED.match(stem + "."):
        stem = f"_{stem}"
    tail = f"{dot}{extension}"[: MAX_LABEL // 2]
    return stem[: MAX_LABEL - len(tail)].rstrip(" .") + tail


def extension_of(label: str) -> str:
    """Return the extension in lower case, without its dot; an empty string if there is none."""
    return label.rpartition(".")[2].lower() if "." in label else ""

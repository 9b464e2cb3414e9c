"""Checking in a process of its own: the same answers, and no hostile file costs this process memory or time."""

import io
import resource
import struct
import time
import zlib

import pytest
from PIL import Image
from pypdf import PdfWriter

from iom.support.evidence_files import EvidenceFileCode, EvidenceFileError, EvidenceLimits, check_evidence, check_evidence_guarded


def jpeg() -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").save(target, "JPEG", comment=b"secret")
    return target.getvalue()


def document() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def png(width: int, height: int) -> bytes:
    """Return a black and white PNG of a few kilobytes, whatever its size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("build", "name"), [(jpeg, "Снимок «1».jpg"), (document, "../Диплом.pdf")])
def test_guarded_check_gives_the_same_file(build: object, name: str) -> None:
    content = build()  # type: ignore[operator]

    assert check_evidence_guarded(content, name) == check_evidence(content, name)


def test_guarded_check_gives_the_same_refusal() -> None:
    with pytest.raises(EvidenceFileError) as caught:
        check_evidence_guarded(png(30_000, 30_000), "a.png")

    assert (caught.value.code, caught.value.facts) == (
        EvidenceFileCode.TOO_MANY_PIXELS,
        {"width": 30_000, "height": 30_000, "limit": 40_000_000},
    )


def test_name_with_half_a_character_reaches_the_other_process() -> None:
    assert check_evidence_guarded(jpeg(), "\ud800снимок.jpg").label == "снимок.jpg"


def test_oversized_file_does_not_start_a_process() -> None:
    with pytest.raises(EvidenceFileError) as caught:
        check_evidence_guarded(bytes(11), "a.pdf", EvidenceLimits(file_bytes=10))

    assert caught.value.code == EvidenceFileCode.TOO_LARGE


def test_huge_picture_is_refused_at_once_and_costs_this_process_nothing() -> None:
    content = png(30_000, 30_000)
    assert len(content) < 150_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()

    with pytest.raises(EvidenceFileError):
        check_evidence_guarded(content, "a.png")

    assert time.perf_counter() - started < 2  # start of the process included
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes


def test_picture_of_forty_megapixels_in_full_colour_fits_into_the_caps() -> None:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (8_000, 5_000), "navy").save(target, "JPEG", exif=exif.tobytes())

    with Image.open(io.BytesIO(check_evidence_guarded(target.getvalue(), "a.jpg").content)) as image:
        assert image.size == (5_000, 8_000)


@pytest.mark.parametrize(
    "limits", [EvidenceLimits(worker_memory_bytes=120_000_000), EvidenceLimits(worker_wall_seconds=0)], ids=["memory", "time"]
)
def test_want_of_means_is_a_readable_refusal(limits: EvidenceLimits) -> None:
    target = io.BytesIO()
    Image.new("RGB", (7_000, 5_000), "navy").save(target, "JPEG")

    with pytest.raises(EvidenceFileError) as caught:
        check_evidence_guarded(target.getvalue(), "a.jpg", limits)

    assert caught.value.code == EvidenceFileCode.TOO_HEAVY

"""Evidence files of every kind, good and bad, made here: none of the bad is taken, none of the good refused."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
import typst
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link

from iom.support.evidence_files import CheckedFile, EvidenceFileCode, EvidenceFileError, EvidenceLimits, check_evidence, clean_label
from iom.support.evidence_files.texts import KEPT, REFUSAL, refusal

CODE = EvidenceFileCode
Build = Callable[[], bytes]
GPS = 0x8825


# --- pictures


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    gradient = Image.linear_gradient("L").resize(size)
    image = gradient.convert(mode) if mode not in {"I;16"} else Image.new(mode, size, 40_000)
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(GPS)[2] = (55.0, 45.0, 21.0)
    return picture(exif=exif.tobytes(), comment=b"<?php secret comment ?>", size=(40, 20))


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def animated_png() -> bytes:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


def phone_photo(between: bytes = b"") -> bytes:
    """Return a JPEG with the block that Samsung phones append: one field, its place, two end marks."""
    field = struct.pack("<HHI", 0, 0x0A01, 14) + b"Image_UTC_Data" + b"1700000000000"
    directory = b"SEFH" + struct.pack("<II", 106, 1) + struct.pack("<HHII", 0, 0x0A01, len(field), len(field))
    return picture() + between + field + directory + struct.pack("<I", len(directory)) + b"SEFT"


def jpeg_without_scan() -> bytes:
    return picture()[:20] + b"\xff\xd9"


def jpeg_claiming(width: int, height: int) -> bytes:
    return picture().replace(struct.pack(">HH", 30, 40), struct.pack(">HH", height, width), 1)


def png_of(*chunks: bytes) -> bytes:
    """Return a PNG with the head of a real one and these chunks."""
    return picture("PNG")[:33] + b"".join(chunks)


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


# --- documents


def pdf(*extra: str, catalog: str = "", page: str = "", pages: int = 1, count: int | None = None, header: str = "%PDF-1.7") -> bytes:
    """Return a PDF written by hand, with a true cross-reference; `extra` objects are numbered from 10."""
    kids = " ".join(f"{100 + number} 0 R" for number in range(pages))
    objects = {1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", 2: f"<< /Type /Pages /Kids [{kids}] /Count {count or pages} >>"}
    objects |= {10 + number: text for number, text in enumerate(extra)}
    objects |= {100 + number: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] {page} >>" for number in range(pages)}
    body, places = f"{header}\n%\u00e2\u00e3\n".encode("latin-1"), {}
    for number, text in sorted(objects.items()):
        places[number] = len(body)
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "xref\n0 1\n0000000000 65535 f \n" + "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in sorted(places.items()))
    trailer = f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (table + trailer).encode()


def written(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def typeset(text: str) -> bytes:
    return bytes(typst.compile(text.encode()))


def scanned() -> bytes:
    target = io.BytesIO()
    pages = [Image.new("RGB", (60, 80), "white"), Image.new("L", (60, 80), 200)]
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:])
    return target.getvalue()


def amended() -> bytes:
    """Return a PDF saved twice: a new page object and a second cross-reference after the first end."""
    first = pdf()
    place = len(first)
    body = b"100 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>\nendobj\n"
    start = first.index(b"xref\n")
    tail = (
        f"xref\n100 1\n{place:010d} 00000 n \ntrailer\n<< /Size 101 /Root 1 0 R /Prev {start} >>\nstartxref\n{place + len(body)}\n%%EOF\n"
    )
    return first + body + tail.encode()


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("x.txt", "x")
    return target.getvalue()


def archive_inside_pdf() -> bytes:
    """Return a PDF that is a ZIP as well: the archive lies before the cross-reference, the rest is its comment."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("x.txt", "x")
        file.comment = b"\ntrailing pdf here\n%%EOF\n"
    return b"%PDF-1.7\n" + target.getvalue()


PNG_END = png_chunk(b"IEND", b"")
ESCAPED_JS = "<< /S /J#61vaScript /J#53 (app.alert(1)) >>"
SENDING = "<< /Subtype /Widget /A << /S /SubmitForm /F (http://x) >> >>"
JS = "<< /S /JavaScript /JS (app.alert(1)) >>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

BAD: list[tuple[str, str, Build, EvidenceFileCode]] = [
    ("0 bytes", "a.pdf", lambda: b"", CODE.EMPTY),
    ("a byte over the limit", "a.pdf", lambda: bytes(10_000_001), CODE.TOO_LARGE),
    # names
    ("PDF called DOCX", "a.docx", pdf, CODE.UNSUPPORTED),
    ("PDF without an extension", "diploma", pdf, CODE.UNSUPPORTED),
    ("PDF called EXE", "a.pdf.exe", pdf, CODE.UNSUPPORTED),
    ("hidden file", ".htaccess", pdf, CODE.UNSUPPORTED),
    ("extension turned around", "exe.\u202efdp", pdf, CODE.UNSUPPORTED),
    ("JPEG called GIF", "a.gif", picture, CODE.UNSUPPORTED),
    ("JPEG called HEIC", "a.heic", picture, CODE.UNSUPPORTED),
    ("JPEG called WEBP", "a.webp", picture, CODE.UNSUPPORTED),
    ("PNG called SVG", "a.svg", lambda: picture("PNG"), CODE.UNSUPPORTED),
    ("PDF called PNG", "a.png", pdf, CODE.MISMATCH),
    ("PDF called JPG", "a.jpg", pdf, CODE.MISMATCH),
    ("JPEG called PDF", "a.pdf", picture, CODE.MISMATCH),
    ("JPEG called PNG", "a.png", picture, CODE.MISMATCH),
    ("PNG called JPG", "a.jpg", lambda: picture("PNG"), CODE.MISMATCH),
    ("PNG called PDF", "a.pdf", lambda: picture("PNG"), CODE.MISMATCH),
    # other kinds under a lawful name
    ("text", "a.pdf", lambda: "просто текст".encode(), CODE.BROKEN),
    ("EICAR", "a.pdf", lambda: EICAR, CODE.BROKEN),
    ("program", "a.png", lambda: b"MZ" + bytes(100), CODE.BROKEN),
    ("archive", "a.pdf", archive, CODE.BROKEN),
    ("web page", "a.jpg", lambda: b"<html><script>alert(1)</script></html>", CODE.BROKEN),
    ("SVG", "a.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', CODE.BROKEN),
    ("GIF with script", "a.jpg", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", CODE.BROKEN),
    ("GIF", "a.png", lambda: picture("GIF", "P"), CODE.BROKEN),
    ("BMP", "a.png", lambda: picture("BMP"), CODE.BROKEN),
    ("TIFF", "a.jpg", lambda: picture("TIFF"), CODE.BROKEN),
    ("WEBP", "a.jpg", lambda: picture("WEBP"), CODE.BROKEN),
    ("HEIC", "a.jpg", lambda: b"\x00\x00\x00\x18ftypheic" + bytes(40), CODE.BROKEN),
    ("PostScript", "a.pdf", lambda: b"%!PS-Adobe-3.0\n%%EOF\n", CODE.BROKEN),
    # two kinds at once
    ("JPEG with a web page after it", "a.jpg", lambda: picture() + b"<script>alert(1)</script>", CODE.FOREIGN_DATA),
    ("JPEG with an archive after it", "a.jpg", lambda: picture() + archive(), CODE.FOREIGN_DATA),
    ("JPEG with PHP after padding", "a.jpg", lambda: picture() + bytes(500) + b"<?php ?>", CODE.FOREIGN_DATA),
    ("JPEG with a broken second picture", "a.jpg", lambda: picture() + picture()[:-60], CODE.FOREIGN_DATA),
    ("JPEG with a forged phone block", "a.jpg", lambda: picture() + b"<script>" + struct.pack("<I", 12) + b"SEFT", CODE.FOREIGN_DATA),
    ("JPEG with a gap in the phone block", "a.jpg", lambda: phone_photo(b"<script>alert(1)</script>"), CODE.FOREIGN_DATA),
    ("web page before a JPEG", "a.jpg", lambda: b"<html>" + picture(), CODE.BROKEN),
    ("PNG with PHP after it", "a.png", lambda: picture("PNG") + b"<?php system($_GET[0]); ?>", CODE.FOREIGN_DATA),
    ("PNG with an archive after it", "a.png", lambda: picture("PNG") + archive(), CODE.FOREIGN_DATA),
    ("PNG with a second PNG after it", "a.png", lambda: picture("PNG") * 2, CODE.FOREIGN_DATA),
    ("PDF with an archive after it", "a.pdf", lambda: pdf() + archive(), CODE.FOREIGN_DATA),
    ("PDF with a web page after it", "a.pdf", lambda: pdf() + b"<script>alert(1)</script>", CODE.FOREIGN_DATA),
    ("PDF that is an archive too", "a.pdf", archive_inside_pdf, CODE.FOREIGN_DATA),
    ("junk before a PDF", "a.pdf", lambda: b"junk\n" + pdf(), CODE.BROKEN),
    # broken pictures
    ("JPEG start only", "a.jpg", lambda: b"\xff\xd8\xff", CODE.BROKEN),
    ("JPEG without a scan", "a.jpg", jpeg_without_scan, CODE.BROKEN),
    ("JPEG cut in its head", "a.jpg", lambda: picture()[:50], CODE.BROKEN),
    ("JPEG cut in its data", "a.jpg", lambda: picture(size=(400, 300))[:-200], CODE.BROKEN),
    ("JPEG without its end", "a.jpg", lambda: picture()[:-2], CODE.BROKEN),
    ("JPEG of no height", "a.jpg", lambda: jpeg_claiming(40, 0), CODE.BROKEN),
    ("PNG start only", "a.png", lambda: b"\x89PNG\r\n\x1a\n", CODE.BROKEN),
    ("PNG cut", "a.png", lambda: picture("PNG")[:-20], CODE.BROKEN),
    ("PNG without its end", "a.png", lambda: picture("PNG")[:-12], CODE.BROKEN),
    ("PNG with a wrong sum in its head", "a.png", lambda: flipped(picture("PNG"), 29), CODE.BROKEN),
    ("PNG with a wrong sum in its data", "a.png", lambda: flipped(picture("PNG"), 45), CODE.BROKEN),
    ("PNG with two heads", "a.png", lambda: picture("PNG")[:33] + picture("PNG")[8:], CODE.BROKEN),
    ("PNG without data", "a.png", lambda: png_of(PNG_END), CODE.BROKEN),
    ("PNG with data that do not unpack", "a.png", lambda: png_of(png_chunk(b"IDAT", b"junk"), PNG_END), CODE.BROKEN),
    ("PNG of 30 000 by 30 000", "a.png", lambda: png_claiming(30_000, 30_000), CODE.TOO_MANY_PIXELS),
    ("PNG a row over 40 megapixels", "a.png", lambda: png_claiming(8_000, 5_001), CODE.TOO_MANY_PIXELS),
    ("JPEG over 40 megapixels", "a.jpg", lambda: jpeg_claiming(9_000, 9_000), CODE.TOO_MANY_PIXELS),
    ("PNG of no width", "a.png", lambda: png_claiming(0, 5), CODE.BROKEN),
    # broken documents
    ("PDF start only", "a.pdf", lambda: b"%PDF-1.7\n", CODE.BROKEN),
    ("PDF of an unknown version", "a.pdf", lambda: pdf(header="%PDF-9.7"), CODE.BROKEN),
    ("PDF cut in half", "a.pdf", lambda: pdf()[: len(pdf()) // 2], CODE.BROKEN),
    ("PDF with a false start of its table", "a.pdf", lambda: pdf().replace(b"startxref\n", b"startxref\n9"), CODE.BROKEN),
    ("PDF with false places", "a.pdf", lambda: pdf().replace(b" 00000 n", b" 00000 f"), CODE.BROKEN),
    ("PDF with shifted places", "a.pdf", lambda: pdf().replace(b"1 0 obj\n", b"1 0 obj\n         ", 1), CODE.BROKEN),
    ("PDF without a root", "a.pdf", lambda: pdf().replace(b"/Root", b"/Toor"), CODE.BROKEN),
    ("PDF without pages", "a.pdf", lambda: pdf(pages=0), CODE.BROKEN),
    ("PDF whose pages go round", "a.pdf", lambda: pdf().replace(b"/Kids [100 0 R]", b"/Kids [2   0 R]"), CODE.BROKEN),
    ("PDF with 2 001 pages", "a.pdf", lambda: pdf(pages=2_001), CODE.TOO_MANY_PAGES),
    ("PDF with 3 000 pages that claims one", "a.pdf", lambda: pdf(pages=3_000, count=1), CODE.TOO_MANY_PAGES),
    # documents that act or hide
    ("PDF with a password", "a.pdf", lambda: written(lambda w: w.encrypt("secret", algorithm="RC4-128")), CODE.ENCRYPTED),
    ("PDF with an owner's password only", "a.pdf", lambda: written(lambda w: w.encrypt("", "owner", algorithm="RC4-128")), CODE.ENCRYPTED),
    ("PDF with a script", "a.pdf", lambda: pdf(catalog=f"/Names << /JavaScript << /Names [(x) {JS}] >> >>"), CODE.ACTIVE_CONTENT),
    ("PDF that runs a script when opened", "a.pdf", lambda: pdf(catalog=f"/OpenAction {JS}"), CODE.ACTIVE_CONTENT),
    ("PDF that runs a script when closed", "a.pdf", lambda: pdf(page=f"/AA << /C {JS} >>"), CODE.ACTIVE_CONTENT),
    ("PDF with a script that nothing refers to", "a.pdf", lambda: pdf(JS), CODE.ACTIVE_CONTENT),
    ("PDF with a script under an escaped name", "a.pdf", lambda: pdf(ESCAPED_JS), CODE.ACTIVE_CONTENT),
    ("PDF with a script under a name by reference", "a.pdf", lambda: pdf("/J#61vaScript", "<< /S 10 0 R >>"), CODE.ACTIVE_CONTENT),
    ("PDF that starts a program", "a.pdf", lambda: pdf(catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"), CODE.ACTIVE_CONTENT),
    ("PDF that opens another file", "a.pdf", lambda: pdf(catalog=r"/OpenAction << /S /GoToR /F (\\\\host\\share) >>"), CODE.ACTIVE_CONTENT),
    ("PDF that sends a form", "a.pdf", lambda: pdf(page=f"/Annots [{SENDING}]"), CODE.ACTIVE_CONTENT),
    ("PDF with an XML form", "a.pdf", lambda: pdf(catalog="/AcroForm << /XFA [(x) (y)] /Fields [] >>"), CODE.ACTIVE_CONTENT),
    ("PDF with a film", "a.pdf", lambda: pdf(page="/Annots [<< /Subtype /Movie >>]"), CODE.ACTIVE_CONTENT),
    ("PDF with rich media", "a.pdf", lambda: pdf(page="/Annots [<< /Subtype /RichMedia >>]"), CODE.ACTIVE_CONTENT),
    ("PDF with a script outside its table", "a.pdf", lambda: pdf(header="%PDF-1.7\n% << /S /JavaScript >>"), CODE.ACTIVE_CONTENT),
    ("PDF with an attachment", "a.pdf", lambda: written(lambda w: w.add_attachment("x.exe", b"MZ")), CODE.ATTACHMENT),
    ("PDF with a file in a note", "a.pdf", lambda: pdf(page="/Annots [<< /Subtype /FileAttachment >>]"), CODE.ATTACHMENT),
    ("PDF with a file by specification", "a.pdf", lambda: pdf("<< /Type /Filespec /EF << /F 11 0 R >> >>", "<< >>"), CODE.ATTACHMENT),
    ("PDF with deep nesting", "a.pdf", lambda: pdf("[" * 150 + "]" * 150), CODE.TOO_HEAVY),
]  # fmt: skip


@pytest.mark.parametrize(("name", "build", "code"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_file_is_refused_with_its_reason(name: str, build: Build, code: EvidenceFileCode) -> None:
    content = build()
    started = time.perf_counter()

    with pytest.raises(EvidenceFileError) as caught:
        check_evidence(content, name)

    assert caught.value.code == code
    assert time.perf_counter() - started < 2


GOOD: list[tuple[str, str, Build]] = [
    ("JPEG", "a.jpg", picture),
    ("JPEG by its long extension", "a.JPEG", picture),
    ("grey JPEG", "a.jpg", lambda: picture(mode="L")),
    ("CMYK JPEG", "a.jpg", lambda: picture(mode="CMYK")),
    ("progressive JPEG", "a.jpg", lambda: picture(progressive=True, size=(400, 300))),
    ("JPEG with restarts", "a.jpg", lambda: picture(restart_marker_rows=1, size=(400, 300))),
    ("JPEG with place and maker", "a.jpg", with_exif),
    ("JPEG padded by a camera", "a.jpg", lambda: picture() + bytes(2_000)),
    ("JPEG with a preview after it", "a.jpg", lambda: picture() + bytes(10) + picture(size=(8, 8))),
    ("JPEG of a Samsung phone", "a.jpg", phone_photo),
    ("JPEG of one point", "a.jpg", lambda: picture(size=(1, 1))),
    ("JPEG of exactly 40 megapixels", "a.jpg", lambda: picture(mode="L", size=(8_000, 5_000))),
    ("PNG", "a.png", lambda: picture("PNG")),
    ("transparent PNG", "a.png", lambda: picture("PNG", "RGBA")),
    ("PNG with a palette", "a.png", lambda: picture("PNG", "P", transparency=0)),
    ("black and white PNG", "a.png", lambda: picture("PNG", "1")),
    ("PNG of 16 bits", "a.png", lambda: picture("PNG", "I;16")),
    ("animated PNG", "a.png", animated_png),
    ("PNG with texts", "a.png", lambda: png_with_text()),
    ("PDF written by hand", "a.pdf", pdf),
    ("PDF with Windows line ends after it", "a.pdf", lambda: pdf() + b"\r\n\r\n"),
    ("PDF of one library", "a.pdf", lambda: written(lambda w: None)),
    ("PDF of another program", "a.pdf", lambda: typeset("= Удостоверение\nвыдано #datetime(year: 2026, month: 9, day: 3).display()")),
    ("PDF with a scan", "a.pdf", scanned),
    ("PDF saved twice", "a.pdf", amended),
    ("PDF with exactly 2 000 pages", "a.pdf", lambda: pdf(pages=2_000)),
    ("PDF with links", "a.pdf", lambda: written(lambda w: w.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://example.org/")))),
    ("PDF with links of another program", "a.pdf", lambda: typeset('#link("https://example.org")[адрес]')),
    ("PDF with bookmarks", "a.pdf", lambda: written(lambda w: w.add_outline_item(title="Глава", page_number=0))),
    ("PDF with a reference to nothing", "a.pdf", lambda: pdf(catalog="/Metadata 77 0 R")),
    ("PDF that opens at a page", "a.pdf", lambda: pdf(catalog="/OpenAction [100 0 R /Fit]")),
    ("PDF with a form without scripts", "a.pdf", lambda: pdf(page="/Annots [<< /Subtype /Widget /FT /Tx /T (name) /V (x) >>]")),
    ("PDF packed tightly", "a.pdf", lambda: written(lambda w: w.compress_identical_objects())),
]  # fmt: skip


def png_with_text() -> bytes:
    info = PngInfo()
    info.add_text("Comment", "<?php system($_GET[0]); ?>")
    info.add_itxt("XML:com.adobe.xmp", "<x/>")
    return picture("PNG", pnginfo=info, dpi=(300, 300))


@pytest.mark.parametrize(("name", "build"), [case[1:] for case in GOOD], ids=[case[0] for case in GOOD])
def test_good_file_is_taken_and_still_opens(name: str, build: Build) -> None:
    content = build()
    checked = check_evidence(content, name)

    assert checked.label == name
    assert checked.mime == {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}[checked.extension]
    if checked.extension == "pdf":
        assert checked.content == content
        assert len(PdfReader(io.BytesIO(checked.content)).pages) >= 1
    else:
        with Image.open(io.BytesIO(checked.content)) as image:
            image.load()
            assert image.format == {"jpg": "JPEG", "png": "PNG"}[checked.extension]


def test_corpus_has_the_promised_size() -> None:
    assert len(BAD) >= 60
    assert len(GOOD) >= 20


def test_every_reason_is_met_in_the_corpus() -> None:
    assert {case[3] for case in BAD} == set(CODE)


def opened(checked: CheckedFile) -> Image.Image:
    image = Image.open(io.BytesIO(checked.content))
    image.load()
    return image


def test_picture_loses_place_maker_and_comment() -> None:
    content = with_exif()
    assert b"CameraMaker" in content

    checked = check_evidence(content, "a.jpg")

    assert b"CameraMaker" not in checked.content
    assert b"secret comment" not in checked.content
    assert b"Exif" not in checked.content
    assert dict(opened(checked).getexif()) == {}


def test_turned_picture_is_set_upright() -> None:
    content = with_exif(orientation=6)  # the camera was held on its side: 40 × 20 is to be shown as 20 × 40

    image = opened(check_evidence(content, "a.jpg"))

    assert image.size == (20, 40)
    with Image.open(io.BytesIO(content)) as before:
        difference = abs(
            ImageOps.exif_transpose(before).convert("L").resize((1, 2)).getpixel((0, 0))
            - image.convert("L").resize((1, 2)).getpixel((0, 0))
        )  # type: ignore[operator]
    assert difference <= 3


def test_picture_keeps_what_it_shows() -> None:
    image = opened(check_evidence(picture("PNG", "RGBA"), "a.png"))

    with Image.open(io.BytesIO(picture("PNG", "RGBA"))) as before:
        assert image.tobytes() == before.tobytes()


def test_transparency_of_a_palette_is_kept() -> None:
    assert opened(check_evidence(picture("PNG", "P", transparency=0), "a.png")).info["transparency"] is not None


def test_texts_of_a_png_are_dropped() -> None:
    assert b"<?php" in png_with_text()

    checked = check_evidence(png_with_text(), "a.png")

    assert b"php" not in checked.content
    assert b"adobe" not in checked.content
    assert opened(checked).info == {}


def test_of_an_animation_the_still_picture_is_kept() -> None:
    image = opened(check_evidence(animated_png(), "a.png"))

    assert getattr(image, "n_frames", 1) == 1
    assert image.getpixel((0, 0)) == (255, 0, 0)


def test_print_colours_become_screen_colours() -> None:
    assert opened(check_evidence(picture(mode="CMYK"), "a.jpg")).mode == "RGB"


def test_what_a_phone_appends_is_dropped() -> None:
    assert b"SEFT" not in check_evidence(phone_photo(), "a.jpg").content


def test_colour_profile_does_not_carry_anything_along() -> None:
    content = picture(icc_profile=b"hidden words in a profile" * 20)

    assert b"hidden" not in check_evidence(content, "a.jpg").content


def test_limits_are_exact() -> None:
    content = pdf(pages=3)
    exact = EvidenceLimits(file_bytes=len(content), pages=3)

    assert check_evidence(content, "a.pdf", exact).content == content
    for limits, code in (
        (EvidenceLimits(file_bytes=len(content) - 1), CODE.TOO_LARGE),
        (EvidenceLimits(pages=2), CODE.TOO_MANY_PAGES),
        (EvidenceLimits(pdf_objects=4), CODE.TOO_HEAVY),
    ):
        with pytest.raises(EvidenceFileError) as caught:
            check_evidence(content, "a.pdf", limits)
        assert caught.value.code == code


def test_tens_of_thousands_of_pages_are_refused_without_reading_them_all() -> None:
    content = pdf(pages=50_000)
    started = time.perf_counter()

    with pytest.raises(EvidenceFileError) as caught:
        check_evidence(content, "a.pdf")

    assert caught.value.code == CODE.TOO_MANY_PAGES
    assert time.perf_counter() - started < 10


def with_object_stream(hidden: str) -> bytes:
    """Return a PDF whose cross-reference is a stream and whose object 10 lies inside an object stream."""
    inner = f"10 0 {hidden}"
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        5: f"<< /Type /ObjStm /N 1 /First 5 /Length {len(inner)} >>\nstream\n{inner}\nendstream",
    }
    body, places = b"%PDF-1.7\n", {}
    for number, text in objects.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    rows = [(1, places[1], 0), (1, places[2], 0), (1, places[3], 0), (1, places[5], 0), (2, 5, 0), (1, len(body), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    heading = f"11 0 obj\n<< /Type /XRef /W [1 4 2] /Index [1 3 5 1 10 2] /Size 12 /Root 1 0 R /Length {len(table)} >>\nstream\n".encode()
    return body + heading + table + f"\nendstream\nendobj\nstartxref\n{len(body)}\n%%EOF\n".encode()


def test_action_inside_an_object_stream_is_found() -> None:
    assert check_evidence(with_object_stream("<< /S /Links >>"), "a.pdf").mime == "application/pdf"

    with pytest.raises(EvidenceFileError) as caught:
        check_evidence(with_object_stream("<< /S /L#61unch >>"), "a.pdf")

    assert caught.value.code == CODE.ACTIVE_CONTENT


LABELS = [
    ("Удостоверение.pdf", "Удостоверение.pdf"),
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("..\\..\\windows\\system32\\x.png", "x.png"),
    ("C:\\Documents\\Диплом.jpg", "Диплом.jpg"),
    ("/abs/olute.pdf", "olute.pdf"),
    ("a\x00b\r\nc.pdf", "ab c.pdf"),
    ("exe.\u202efdp.pdf", "exe.fdp.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("con.tar.pdf", "_con.tar.pdf"),
    ("lpt1.PNG", "_lpt1.PNG"),
    ("console.pdf", "console.pdf"),
    ("nul", "_nul"),
    ('a<b>:"|?*.pdf', "a_b______.pdf"),
    ("scan.pdf. . .", "scan.pdf"),
    ("  много   пробелов\u00a0.pdf", "много пробелов.pdf"),
    (".htaccess", "документ.htaccess"),
    ("....pdf", "документ.pdf"),
    ("", "документ"),
    ("/", "документ"),
    ("диплом 📜.pdf", "диплом 📜.pdf"),
    ("a\u200b\ufeffb\u2028.pdf", "ab.pdf"),
    ("\ud800.pdf", "документ.pdf"),
]


@pytest.mark.parametrize(("given", "label"), LABELS)
def test_name_is_made_harmless(given: str, label: str) -> None:
    assert clean_label(given) == label


def test_long_name_is_cut_before_its_extension() -> None:
    label = clean_label("ы" * 300 + ".pdf")

    assert label == "ы" * 196 + ".pdf"
    assert len(clean_label("x." + "y" * 300)) <= 200
    assert len(clean_label("я" * 100_000)) == 200


@pytest.mark.parametrize("given", [label for _, label in LABELS])
def test_harmless_name_stays_as_it_is(given: str) -> None:
    assert clean_label(given) == given


def test_composed_and_decomposed_names_are_one() -> None:
    assert clean_label("и\u0306од.pdf") == "йод.pdf"


FACTS: dict[str, str | int] = {"limit": 10_000_000, "extension": "png", "width": 30_000, "height": 30_000}


@pytest.mark.parametrize("code", list(CODE))
def test_refusal_says_what_happened_what_is_kept_and_what_to_do(code: EvidenceFileCode) -> None:
    text = refusal(EvidenceFileError(code, **FACTS))

    assert KEPT.replace("в форме", "в\u00a0форме") in text
    assert text.count(". ") >= 2
    assert text.endswith(".")
    assert "{" not in text


def test_every_refusal_has_words() -> None:
    assert set(REFUSAL) == set(CODE)

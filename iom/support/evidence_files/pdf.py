"""PDF documents: read strictly, walked object by object, refused if anything in them acts or hides."""

import io
import re
import zipfile

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from iom.support.evidence_files.errors import EvidenceFileCode, EvidenceFileError, EvidenceLimits

PDF_START = b"%PDF-"
_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_PADDING = b"\x00\r\n\t\x0c "
_END = b"%%EOF"
# Actions that run code, start programs, reach other files or send data. Links to pages and addresses stay allowed.
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute"}
)
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
_ACTIVE_SUBTYPES = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
# Names long enough not to turn up by chance in packed data; they find what no reference leads to.
_RAW_ACTIVE = re.compile(rb"/(?:JavaScript|Launch)\b")
_RAW_ATTACHED = re.compile(rb"/EmbeddedFiles?\b")
_MAX_NESTING = 100
_MAX_MISSING = 100  # references to nothing; each costs a search through the file
_READING_ERRORS = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError, OSError)


def check_pdf(content: bytes, limits: EvidenceLimits) -> None:
    """Raise EvidenceFileError unless the document opens strictly and only shows pages."""
    _check_ends(content)
    try:
        reader = PdfReader(io.BytesIO(content), strict=True)
        if reader.is_encrypted:
            raise EvidenceFileError(EvidenceFileCode.ENCRYPTED)
        _Walk(reader, content, limits).check()
    except LimitReachedError as error:
        raise EvidenceFileError(EvidenceFileCode.TOO_HEAVY) from error
    except (*_READING_ERRORS, RecursionError) as error:
        raise EvidenceFileError(EvidenceFileCode.BROKEN) from error
    _check_raw(content)


def _check_ends(content: bytes) -> None:
    """Refuse a document with something before its start or after its end, or that is an archive as well."""
    if not _HEADER.match(content):
        raise EvidenceFileError(EvidenceFileCode.BROKEN)
    if not content.rstrip(_PADDING).endswith(_END):
        code = EvidenceFileCode.FOREIGN_DATA if _END in content else EvidenceFileCode.BROKEN
        raise EvidenceFileError(code)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise EvidenceFileError(EvidenceFileCode.FOREIGN_DATA)


class _Walk:
    """One look at every object that the cross-reference of a document lists, referred to or not."""

    def __init__(self, reader: PdfReader, content: bytes, limits: EvidenceLimits) -> None:
        self._reader = reader
        self._content = content
        self._limits = limits
        self._places = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
        self._places |= {(number, 0) for number in reader.xref_objStm}
        self._missing: set[tuple[int, int]] = set()
        if len(self._places) > limits.pdf_objects:
            raise EvidenceFileError(EvidenceFileCode.TOO_HEAVY, limit=limits.pdf_objects)

    def check(self) -> None:
        self._check_value(self._reader.trailer)
        self._check_pages()
        for number, generation in sorted(self._places):
            value = self._reader.get_object(IndirectObject(number, generation, self._reader))
            if value is not None:
                self._check_value(value)

    def _check_pages(self) -> None:
        """Count the pages by walking their tree: the number that the document declares may be false."""
        root = self._reader.trailer["/Root"].get_object()
        if not isinstance(root, DictionaryObject) or "/Pages" not in root:
            raise EvidenceFileError(EvidenceFileCode.BROKEN)
        waiting: list[PdfObject | None] = [root["/Pages"].get_object()]
        seen: set[int] = set()
        pages = 0
        while waiting:
            node = waiting.pop()
            if not isinstance(node, DictionaryObject) or id(node) in seen:
                raise EvidenceFileError(EvidenceFileCode.BROKEN)
            seen.add(id(node))
            kids = node.get("/Kids")
            if kids is None:
                pages += 1
            else:
                references = kids.get_object()
                if pages + len(waiting) + len(references) > self._limits.pages:
                    raise EvidenceFileError(EvidenceFileCode.TOO_MANY_PAGES, limit=self._limits.pages)
                waiting.extend(kid.get_object() for kid in references)
        if pages == 0:
            raise EvidenceFileError(EvidenceFileCode.BROKEN)

    def _check_value(self, value: PdfObject, depth: int = 0) -> None:
        if depth > _MAX_NESTING:
            raise EvidenceFileError(EvidenceFileCode.TOO_HEAVY)
        if isinstance(value, IndirectObject):
            self._check_reference(value)
        elif isinstance(value, DictionaryObject):
            _check_dictionary(value)
            for part in value.values():
                self._check_value(part, depth + 1)
        elif isinstance(value, ArrayObject):
            for part in value:
                self._check_value(part, depth + 1)

    def _check_reference(self, reference: IndirectObject) -> None:
        """Refuse a reference to an object that is in the file but not in its cross-reference.

        A reference to nothing is lawful and means null; an object that only a repairing reader finds is not.
        """
        place = (reference.idnum, reference.generation)
        if place in self._places or place in self._missing:
            return
        self._missing.add(place)
        is_there = re.search(rb"(?<!\d)%d\s+%d\s+obj" % place, self._content)
        if is_there or len(self._missing) > _MAX_MISSING:
            raise EvidenceFileError(EvidenceFileCode.BROKEN)


def _check_dictionary(value: DictionaryObject) -> None:
    keys = set(value)
    kinds = {name: value.raw_get(name) for name in ("/S", "/Type", "/Subtype") if name in keys}
    named = {name: str(kind) for name, kind in kinds.items() if isinstance(kind, NameObject)}
    if keys & {"/EF", "/EmbeddedFiles"} or named.get("/Type") == "/EmbeddedFile" or named.get("/Subtype") == "/FileAttachment":
        raise EvidenceFileError(EvidenceFileCode.ATTACHMENT)
    if keys & _ACTIVE_KEYS or named.get("/S") in _ACTIONS or named.get("/Subtype") in _ACTIVE_SUBTYPES:
        raise EvidenceFileError(EvidenceFileCode.ACTIVE_CONTENT)
    if any(isinstance(kind, IndirectObject) for kind in kinds.values()) and any(
        str(value[name]) in _ACTIONS | _ACTIVE_SUBTYPES | {"/EmbeddedFile", "/FileAttachment"} for name in kinds
    ):
        # A type given by reference is lawful but nobody writes it so: it hides the word from simple filters.
        raise EvidenceFileError(EvidenceFileCode.ACTIVE_CONTENT)


def _check_raw(content: bytes) -> None:
    if _RAW_ATTACHED.search(content):
        raise EvidenceFileError(EvidenceFileCode.ATTACHMENT)
    if _RAW_ACTIVE.search(content):
        raise EvidenceFileError(EvidenceFileCode.ACTIVE_CONTENT)

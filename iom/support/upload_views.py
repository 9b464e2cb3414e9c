"""Takes an uploaded file: asks whether it may come, checks it in a process of its own, puts it into the store."""

from dataclasses import dataclass

from flask import current_app, g, request

from iom.core.database import open_session
from iom.core.errors import Refused
from iom.integrations.file_store import FileStore, FileStoreError, FileStoreProblem, LocalFileStore
from iom.routes.kinds import EvidenceKind
from iom.support import evidence_texts, evidencing, texts
from iom.support.evidence_files import EvidenceFileError, check_evidence_guarded
from iom.support.evidence_files.texts import refusal
from iom.support.evidencing import BYTES_PER_FILE, FileFacts, SubmitEvidence
from iom.support.forms import FileForm
from iom.web.database import engine

FULL = 503
MENDABLE = 422


@dataclass(frozen=True, slots=True)
class Taken:
    """The command that hands the file in, or the status of the refusal that now stands in the form."""

    command: SubmitEvidence | None = None
    status: int = 0


def file_store() -> FileStore:
    """Return the place where evidence lies in this installation."""
    extensions = current_app.extensions
    if "iom_files" not in extensions:
        extensions["iom_files"] = LocalFileStore(extensions["iom_settings"].files_dir)
    found: FileStore = extensions["iom_files"]
    return found


def take_file(form: FileForm, item_id: int) -> Taken:
    """Return what to hand in.

    The rights are asked before the file is read, in a transaction of their own: nobody waits for a lock while a picture is being
    checked, and they are asked again when the row is written.

    Raises
    ------
    NotFound, Forbidden, InvalidMove : the item takes no evidence from the actor
    """
    uploaded = request.files.get("file")
    if uploaded is None or not uploaded.filename:
        form.file.errors = [evidence_texts.NO_FILE]
        return Taken(status=MENDABLE)
    content = uploaded.stream.read(BYTES_PER_FILE + 1)
    try:
        with open_session(engine(), writes=False) as session:
            evidencing.check_may_submit(session, g.actor, item_id, incoming=len(content))
        checked = check_evidence_guarded(content, uploaded.filename)
        kept = file_store().save(checked.content)
    except EvidenceFileError as error:
        form.file.errors = [refusal(error)]
        return Taken(status=MENDABLE)
    except FileStoreError as error:
        form.file.errors = [evidence_texts.STORE[error.problem]]
        return Taken(status=FULL if error.problem is FileStoreProblem.NO_SPACE else MENDABLE)
    except Refused as error:
        form.file.errors = [texts.REFUSAL.get(error.reason, texts.NOT_SENT)]
        return Taken(status=MENDABLE)
    facts = FileFacts(kept, checked.label, checked.mime)
    return Taken(SubmitEvidence(item_id, EvidenceKind.FILE, text=form.words, file=facts))

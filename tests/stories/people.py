"""The little world of the chain: the cast with real passwords on the real catalog, Анна before her first entry, what was measured of her.

What every figure of the story is computed from stands here and in the staff file of `staff_workbook`.
"""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import delete
from sqlalchemy.orm import Session

from iom.accounts import passwords
from iom.accounts.models import Consent
from iom.catalog import queries as catalog_queries
from iom.diagnostics.instruments import read_instrument
from iom.diagnostics.loader import load_instrument
from iom.diagnostics.models import DiagnosticCampaign
from iom.monitoring.loader import load_indicators
from iom.organizations.kinds import MethodCenterKind
from iom.organizations.models import MethodCenter
from iom.profiles.importing import ImportedRow, import_results
from iom.support.models import MethodistAssignment, TutorAssignment
from tests.cast import Cast, Member, make_cast
from tests.library import CATALOG, load_catalog

BEGINS = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)  # Monday, nine o'clock in the region
WORD = "сосны над рекой Лесной 7"
ANNAS_WORD = "тихий пруд за мельницей 41"
SOURCE = "Региональная диагностика компетенций"
CENTRE = "Центр непрерывного повышения мастерства Лесогорской области"
CAMPAIGN = "Самодиагностика, осень 2026"

MEASURED_ON = date(2026, 9, 2)
MEASURED = {"ME.2": 35.0, "FG.6": 40.0, "PP.2": 45.0, "KO.1": 85.0}  # per cent of twenty tasks each
REPEATED_ON = date(2026, 12, 16)
REPEATED = {"ME.2": 90.0, "FG.6": 85.0, "PP.2": 45.0, "KO.1": 85.0}
TASKS = 20


@dataclass(frozen=True)
class StaffLine:
    """One row of the staff file."""

    code: str
    last: str
    first: str
    post: str
    category: str
    school: str = "S1"
    subject: str = "Математика"


NEWCOMERS = (
    StaffLine("T4", "Эскизова", "Полина", "учитель", "первая", subject="Русский язык"),
    StaffLine("T5", "Черновой", "Игорь", "учитель", "высшая", subject="Физика"),
)
REFUSED = StaffLine("T6", "Набросков", "Семён", "учитель", "третья", subject="История")


def make_world(session: Session) -> Cast:
    """Make everything that is there before the story begins."""
    load_catalog(session)
    cast = make_cast(session)
    _forget_anna(session, cast)
    session.add(MethodCenter(region_id=cast.region.id, kind=MethodCenterKind.CNPPM, name=CENTRE))
    framework = catalog_queries.active_framework(session)
    diagnostic, _ = load_instrument(session, read_instrument(CATALOG / "instruments" / "self_diagnostic.json"), framework)
    session.add(
        DiagnosticCampaign(
            region_id=cast.region.id,
            diagnostic_id=diagnostic.id,
            title=CAMPAIGN,
            starts_on=date(2026, 9, 1),
            ends_on=date(2026, 12, 25),
            audience={},
        )
    )
    load_indicators(session, CATALOG, cast.region.id)
    kept = passwords.hash_password(WORD)
    for member in (cast.boris, cast.marina, cast.dina, cast.admin):
        member.account.password_hash = kept
        member.account.login = LOGINS[member.person.first_name]
    cast.anna.account.login = LOGINS["Анна"]
    session.flush()
    measure(session, cast.anna, MEASURED_ON, MEASURED, BEGINS)
    measure(session, cast.gleb, MEASURED_ON, {"IN.1": 50.0}, BEGINS)
    return cast


LOGINS = {
    "Анна": "t1",
    "Борис": "boris@example.org",
    "Марина": "marina@example.org",
    "Дина": "dina@example.org",
    "Нина": "nina@example.org",
}


def _forget_anna(session: Session, cast: Cast) -> None:
    """Nobody accompanies Анна yet and she has consented to nothing."""
    session.execute(delete(Consent).where(Consent.person_id == cast.anna.person.id))
    for table in (TutorAssignment, MethodistAssignment):
        session.execute(delete(table).where(table.employee_id == cast.anna.employee_id))


def measure(session: Session, member: Member, day: date, results: dict[str, float], now: datetime) -> None:
    """Take over what the region's own test found of a person on a day."""
    rows = [ImportedRow(code, percent, day, TASKS) for code, percent in results.items()]
    import_results(session, None, member.employee_id, SOURCE, rows, now)


def staff_workbook(folder: Path) -> Path:
    """Return a staff file as a school sends it: two new people, one row that cannot be taken."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Код педагога", "Фамилия", "Имя", "Код школы", "Должность", "Предметы", "Категория"])
    for line in (*NEWCOMERS, REFUSED):
        sheet.append([line.code, line.last, line.first, line.school, line.post, line.subject, line.category])
    target = io.BytesIO()
    book.save(target)
    path = folder / "spisok-pedagogov.xlsx"
    path.write_bytes(target.getvalue())
    return path

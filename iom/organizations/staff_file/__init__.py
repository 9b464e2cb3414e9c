"""Staff lists that come in as spreadsheets, read without the database."""

from iom.organizations.staff_file.kinds import RejectedRow, StaffFile, StaffFileError, StaffFileProblem, StaffReason, StaffRow
from iom.organizations.staff_file.messages import file_refusal, rejection
from iom.organizations.staff_file.posts import employee_category
from iom.organizations.staff_file.reading import read_staff

__all__ = [
    "RejectedRow",
    "StaffFile",
    "StaffFileError",
    "StaffFileProblem",
    "StaffReason",
    "StaffRow",
    "employee_category",
    "file_refusal",
    "read_staff",
    "rejection",
]

"""Whether a post is a manager's, told by its name."""

from iom.core.sheets import heading_key
from iom.organizations.kinds import EmployeeCategory
from iom.organizations.staff_file.texts import MANAGER_POSTS, OTHER_POSTS


def employee_category(post: str | None) -> EmployeeCategory:
    """Return MANAGER for heads, their deputies and heads of units, TEACHER for everybody else and for no post.

    «Классный руководитель» or «музыкальный руководитель» are teachers: the word alone makes nobody a manager.
    """
    words = heading_key(post or "")
    for other in OTHER_POSTS:
        words = words.replace(other, " ")
    is_manager = any(part in words for part in MANAGER_POSTS)
    return EmployeeCategory.MANAGER if is_manager else EmployeeCategory.TEACHER

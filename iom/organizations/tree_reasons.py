"""Why a change of the tree is refused; the sentences are in tree_texts."""

from enum import StrEnum


class TreeRefusal(StrEnum):
    CODE_TAKEN = "organization_code_taken"
    SCHOOL_HAS_STAFF = "school_has_staff"

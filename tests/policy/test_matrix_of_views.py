"""Every view × everyone × every relation answers as the matrix says, and a refusal changes nothing (S-21, S-22, S-23)."""

import pytest

from tests.policy.asking import Asking
from tests.policy.views import View, views

TRIED: dict[str, int] = {}


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_a_view_answers_as_the_matrix_says(asking: Asking, view: View) -> None:
    tried, wrong = asking.disagreements(view)
    assert wrong == []
    TRIED[f"{asking.engine.dialect.name} {view.name}"] = tried

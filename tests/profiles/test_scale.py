import pytest

from iom.profiles.scale import ScaleConfig


@pytest.mark.parametrize(("level", "band"), [(0, 1), (39.9, 1), (40, 2), (59.9, 2), (60, 3), (79.9, 3), (80, 4), (100, 4)])
def test_bands_begin_at_forty_sixty_and_eighty(level, band):
    assert ScaleConfig().band_of(level) == band


@pytest.mark.parametrize(("code", "bound"), [("ME.3", 60), ("FG", 70), ("FG.2", 70), ("FGX.1", 60)])
def test_functional_literacy_has_a_bound_of_its_own(code, bound):
    assert ScaleConfig().bound_for(code) == bound


def test_the_longest_prefix_decides():
    scale = ScaleConfig(bounds_by_prefix=(("ME.3", 75.0), ("ME", 65.0)))

    assert [scale.bound_for(code) for code in ("ME.1", "ME.3", "ME.3.1", "ME.33", "PR.1")] == [65, 75, 75, 65, 60]


@pytest.mark.parametrize(
    "wrong", [{"bands": (60.0, 40.0)}, {"bands": (40.0, 40.0)}, {"bound": 100.0}, {"bounds_by_prefix": (("FG", 0.0),)}]
)
def test_an_impossible_scale_is_refused(wrong):
    with pytest.raises(ValueError):
        ScaleConfig(**wrong)

"""Convergence: published regressions, identities, and what must not matter.

Reference case: Mankiw, Romer and Weil (1992), "A contribution to the empirics of economic growth",
QJE 107, Tables III (unconditional) and IV (conditional on investment and population growth), and
the data of their appendix: 98 non-oil countries, of which 75 intermediate and 22 of the OECD. The
tolerances are half a unit of the printed digits and, for Table IV, what the rounded appendix
allows. Their printed standard errors of lambda do not follow the delta method and are not used.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.convergence import (
    beta_convergence,
    growth_regression,
    half_life_of,
    speed_of,
)
from indicators.intervals import Interval

# country, sample (10 intermediate, 11 OECD too, 00 neither), GDP per adult 1960 and 1985, growth of
# the working-age population in percent a year, investment in percent of GDP
MRW_DATA = """
Algeria 10 2485 4371 2.6 24.1
Angola 00 1588 1171 2.1 5.8
Benin 00 1116 1071 2.4 10.8
Botswana 10 959 3671 3.2 28.3
Burkina_Faso 00 529 857 0.9 12.7
Burundi 00 755 663 1.7 5.1
Cameroon 10 889 2190 2.1 12.8
Central_Afr._Rep. 00 838 789 1.7 10.5
Chad 00 908 462 1.9 6.9
Congo, 00 1009 2624 2.4 28.8
Egypt 00 907 2160 2.5 16.3
Ethiopia 10 533 608 2.3 5.4
Ghana 00 1009 727 2.3 9.1
Ivory_Coast 10 1386 1704 4.3 12.4
Kenya 10 944 1329 3.4 17.4
Liberia 00 863 944 3.0 21.5
Madagascar 10 1194 975 2.2 7.1
Malawi 10 455 823 2.4 13.2
Mali 10 737 710 2.2 7.3
Mauritania 00 777 1038 2.2 25.6
Mauritius 00 1973 2967 2.6 17.1
Morocco 10 1030 2348 2.5 8.3
Mozambique 00 1420 1035 2.7 6.1
Niger 00 539 841 2.6 10.3
Nigeria 10 1055 1186 2.4 12.0
Rwanda 00 460 696 2.8 7.9
Senegal 10 1392 1450 2.3 9.6
Sierra_Leone 00 511 805 1.6 10.9
Somalia 00 901 657 3.1 13.8
S._Africa 10 4768 7064 2.3 21.6
Sudan 00 1254 1038 2.6 13.2
Tanzania 10 383 710 2.9 18.0
Togo 00 777 978 2.5 15.5
Tunisia 10 1623 3661 2.4 13.8
Uganda 00 601 667 3.1 4.1
Zaire 00 594 412 2.4 6.5
Zambia 10 1410 1217 2.7 31.7
Zimbabwe 10 1187 2107 2.8 21.1
Bangladesh 10 846 1221 2.6 6.8
Burma 10 517 1031 1.7 11.4
Hong_Kong 10 3085 13372 3.0 19.9
India 10 978 1339 2.4 16.8
Israel 10 4802 10450 2.8 28.5
Japan 11 3493 13893 1.2 36.0
Jordan 10 2183 4312 2.7 17.6
Korea,_South 10 1285 4775 2.7 22.3
Malaysia 10 2154 5788 3.2 23.2
Nepal 00 833 974 2.0 5.9
Pakistan 10 1077 2175 3.0 12.2
Philippines 10 1668 2430 3.0 14.9
Singapore 10 2793 14678 2.6 32.2
Sri_Lanka 10 1794 2482 2.4 14.8
Syria 10 2382 6042 3.0 15.9
Thailand 10 1308 3220 3.1 18.0
Austria 11 5939 13327 0.4 23.4
Belgium 11 6789 14290 0.5 23.4
Denmark 11 8551 16491 0.6 26.6
Finland 11 6527 13779 0.7 36.9
France 11 7215 15027 1.0 26.2
Germany,_W. 11 7695 15297 0.5 28.5
Greece 11 2257 6868 0.7 29.3
Ireland 11 4411 8675 1.1 25.9
Italy 11 4913 11082 0.6 24.9
Netherlands 11 7689 13177 1.4 25.8
Norway 11 7938 19723 0.7 29.1
Portugal 11 2272 5827 0.6 22.5
Spain 11 3766 9903 1.0 17.7
Sweden 11 7802 15237 0.4 24.5
Switzerland 11 10308 15881 0.8 29.7
Turkey 11 2274 4444 2.5 20.2
United_Kingdom 11 7634 13331 0.3 18.4
Canada 11 10286 17935 2.0 23.3
Costa_Rica 10 3360 4492 3.5 14.7
Dominican_Rep. 10 1939 3308 2.9 17.1
El_Salvador 10 2042 1997 3.3 8.0
Guatemala 10 2481 3034 3.1 8.8
Haiti 10 1096 1237 1.3 7.1
Honduras 10 1430 1822 3.1 13.8
Jamaica 10 2726 3080 1.6 20.6
Mexico 10 4229 7380 3.3 19.5
Nicaragua 10 3195 3978 3.3 14.5
Panama 10 2423 5021 3.0 26.1
Trinidad_and_Tobago 10 9253 11285 1.9 20.4
United_States 11 12362 18988 1.5 21.1
Argentina 10 4852 5533 1.5 25.3
Bolivia 10 1618 2055 2.4 13.3
Brazil 10 1842 5563 2.9 23.2
Chile 10 5189 5533 2.3 29.7
Colombia 10 2672 4405 3.0 18.0
Ecuador 10 2198 4504 2.8 24.4
Paraguay 10 1951 3914 2.7 11.7
Peru 10 3310 3775 2.9 12.0
Uruguay 10 5119 5495 0.6 11.8
Venezuela 10 10367 6336 3.8 11.4
Australia 11 8440 13409 2.0 31.5
Indonesia 10 879 2159 1.9 13.9
New_Zealand 11 9523 12308 1.7 22.5
Papua_New_Guinea 00 1781 2544 2.1 16.2
"""
SAMPLES = {"non_oil": ["00", "10", "11"], "intermediate": ["10", "11"], "oecd": ["11"]}
# sample: units; constant and slope with their errors; adjusted R2; s.e.e.; lambda
TABLE_3 = {
    "non_oil": (98, (-0.266, 0.380), (0.0943, 0.0496), 0.03, 0.44, -0.0036),
    "intermediate": (75, (0.587, 0.433), (-0.00423, 0.05484), -0.01, 0.41, 0.00017),
    "oecd": (22, (3.69, 0.68), (-0.341, 0.079), 0.46, 0.18, 0.0167),
}
# sample: slope, investment, population growth, each with its error; adjusted R2; s.e.e.
TABLE_4 = {
    "non_oil": ((-0.141, 0.052), (0.647, 0.087), (-0.299, 0.304), 0.38, 0.35),
    "intermediate": ((-0.228, 0.057), (0.644, 0.104), (-0.464, 0.307), 0.35, 0.33),
    "oecd": ((-0.351, 0.066), (0.392, 0.176), (-0.753, 0.341), 0.62, 0.15),
}


@pytest.fixture(scope="module")
def mrw() -> pd.DataFrame:
    cells = [line.split() for line in MRW_DATA.split("\n") if line]
    table = pd.DataFrame(cells, columns=["country", "sample", "y60", "y85", "n", "i_y"])
    return table.astype(dict.fromkeys(("y60", "y85", "n", "i_y"), float)).set_index("country")


def controls_of(part: pd.DataFrame) -> pd.DataFrame:
    # g + delta = 0.05, as in the paper
    return pd.DataFrame(
        {"investment": np.log(part["i_y"] / 100), "n": np.log(part["n"] / 100 + 0.05)}
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_mankiw_romer_weil_table_3(mrw, sample):
    part = mrw[mrw["sample"].isin(SAMPLES[sample])]
    found = beta_convergence(part["y60"], part["y85"], 25, cov_type="nonrobust")
    n, constant, slope, adjusted, see, speed = TABLE_3[sample]
    assert found.n == n
    assert found.df == n - 2
    assert found.params["constant"] == pytest.approx(constant[0], abs=0.006)
    assert found.std_errors["constant"] == pytest.approx(constant[1], abs=0.006)
    assert found.params["initial"] == pytest.approx(slope[0], abs=0.0006)
    assert found.std_errors["initial"] == pytest.approx(slope[1], abs=0.0006)
    assert found.adj_r_squared == pytest.approx(adjusted, abs=0.006)
    assert found.residual_sd == pytest.approx(see, abs=0.006)
    assert found.speed.estimate == pytest.approx(speed, abs=6e-5)


@pytest.mark.parametrize("sample", SAMPLES)
def test_mankiw_romer_weil_table_4(mrw, sample):
    part = mrw[mrw["sample"].isin(SAMPLES[sample])]
    found = beta_convergence(part["y60"], part["y85"], 25, controls_of(part), cov_type="nonrobust")
    slope, investment, population, adjusted, see = TABLE_4[sample]
    assert list(found.params.index) == ["constant", "initial", "investment", "n"]
    for name, (value, error), near in (
        ("initial", slope, 0.002), ("investment", investment, 0.003), ("n", population, 0.015),
    ):  # fmt: skip
        assert found.params[name] == pytest.approx(value, abs=near)
        assert found.std_errors[name] == pytest.approx(error, abs=0.005)
    assert found.adj_r_squared == pytest.approx(adjusted, abs=0.006)
    assert found.residual_sd == pytest.approx(see, abs=0.006)


# Speed and half-life


def test_the_intervals_of_speed_and_half_life_belong_together(mrw):
    part = mrw[mrw["sample"].eq("11")]
    found = beta_convergence(part["y60"], part["y85"], 25)
    slope = found.interval("initial")
    assert found.speed.low == pytest.approx(-math.log(1 + slope.high) / 25)
    assert found.speed.high == pytest.approx(-math.log(1 + slope.low) / 25)
    assert found.half_life.low == pytest.approx(math.log(2) / found.speed.high)
    assert found.half_life.high == pytest.approx(math.log(2) / found.speed.low)
    assert found.half_life.estimate == pytest.approx(math.log(2) / found.speed.estimate)
    assert {found.speed.kind, found.half_life.kind, slope.kind} == {"model_ci"}
    assert {found.speed.level, found.half_life.level} == {0.95}


def test_a_speed_that_may_be_nothing_bounds_no_half_life(mrw):
    part = mrw[mrw["sample"].isin(SAMPLES["intermediate"])]
    found = beta_convergence(part["y60"], part["y85"], 25)
    assert found.speed.low < 0 < found.speed.high
    assert found.half_life.high == math.inf
    assert not found.half_life.high_closed
    assert found.half_life.low > 0
    # lambda > 0 at its point, so there is an estimate, and none where lambda is below 0
    assert found.half_life.estimate == pytest.approx(math.log(2) / found.speed.estimate)
    everyone = beta_convergence(mrw["y60"], mrw["y85"], 25)
    assert everyone.speed.estimate < 0
    assert everyone.half_life.estimate is None


def test_divergence_has_no_half_life_at_all():
    none = half_life_of(Interval(-0.02, -0.01, "model_ci", -0.015, 0.95))
    assert (none.low, none.high, none.estimate) == (math.inf, math.inf, None)


def test_a_slope_of_minus_one_or_less_has_no_speed():
    speed = speed_of(Interval(-1.5, -1.2, "model_ci", -1.3, 0.9), 10)
    assert (speed.low, speed.high, speed.estimate, speed.level) == (math.inf, math.inf, None, 0.9)
    assert half_life_of(Interval(0.0, math.inf, "model_ci", None, 0.9)).low == 0


def test_growth_is_not_annualised(mrw):
    part = mrw[mrw["sample"].eq("11")]
    once, twice = (beta_convergence(part["y60"], part["y85"], years) for years in (25, 50))
    assert once.params.equals(twice.params)
    assert once.speed.estimate == pytest.approx(2 * twice.speed.estimate)


# What two libraries agree on


def test_robust_errors_are_those_of_the_formula(mrw):
    """HC3 by hand: squared residuals over (1 - leverage) squared (MacKinnon and White 1985)."""
    part = mrw[mrw["sample"].eq("11")]
    x = np.column_stack([np.ones(len(part)), np.log(part["y60"])])
    y = np.log(part["y85"] / part["y60"])
    inverse = np.linalg.inv(x.T @ x)
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    residual = y.to_numpy() - x @ (inverse @ x.T @ y.to_numpy())
    meat = x.T @ (x * ((residual / (1 - leverage)) ** 2)[:, None])
    errors = np.sqrt(np.diag(inverse @ meat @ inverse))
    found = beta_convergence(part["y60"], part["y85"], 25)
    assert found.std_errors.to_numpy() == pytest.approx(errors)
    plain = beta_convergence(part["y60"], part["y85"], 25, cov_type="nonrobust")
    assert found.params.to_numpy() == pytest.approx(plain.params.to_numpy())
    t = plain.params["initial"] / plain.std_errors["initial"]
    assert plain.f_statistic == pytest.approx(t**2)
    assert plain.p_value("initial") == pytest.approx(0.00034, abs=5e-5)  # t = -4.3 on 20 df


def test_the_line_runs_through_the_means():
    first, second = np.array([0.0, 1, 2, 5]), np.array([1.0, 1.5, 3.5, 5])
    found = growth_regression(first, second)
    line = found.line(first.mean())
    assert line.estimate == pytest.approx((second - first).mean())
    assert found.line(0, 0.99).low < found.line(0, 0.5).low
    with pytest.raises(ValueError, match="found controls z; allowed: none"):
        growth_regression(first, second, {"z": [1.0, 0, 0, 1]}, "nonrobust").line(0)


def test_equal_weights_are_no_weights():
    first, second = [0.0, 1, 2, 5, 6], [1.0, 1.5, 3.5, 5, 6.1]
    plain, weighted = (growth_regression(first, second, weights=w) for w in (None, [7] * 5))
    assert weighted.params.to_numpy() == pytest.approx(plain.params.to_numpy())
    assert weighted.std_errors.to_numpy() == pytest.approx(plain.std_errors.to_numpy())


# What must not matter

LEVELS = st.lists(
    st.tuples(st.floats(0.1, 100), st.floats(0.1, 100)), min_size=6, max_size=25, unique=True
)


def usable(pairs) -> bool:
    start, end = np.log(np.array(pairs).T)
    return min(np.ptp(start), np.ptp(end), np.ptp(end - start)) > 0.01


@given(LEVELS.filter(usable), st.randoms(use_true_random=False))
def test_the_order_of_the_units_and_their_unit_do_not_matter(pairs, random):
    start, end = np.array(pairs).T
    found = beta_convergence(start, end, 10)
    order = list(range(len(pairs)))
    random.shuffle(order)
    moved = beta_convergence(1000 * start[order], 1000 * end[order], 10)
    assert moved.params["initial"] == pytest.approx(found.params["initial"], rel=1e-6, abs=1e-9)
    assert moved.r_squared == pytest.approx(found.r_squared, rel=1e-6, abs=1e-9)


@given(LEVELS.filter(usable))
def test_common_growth_moves_the_constant_alone(pairs):
    start, end = np.array(pairs).T
    found, grown = (beta_convergence(start, end * factor, 10) for factor in (1, 3))
    assert grown.params["initial"] == pytest.approx(found.params["initial"], abs=1e-9)
    shift = grown.params["constant"] - found.params["constant"]
    assert shift == pytest.approx(math.log(3))


# What is refused


@pytest.mark.parametrize(
    ("initial", "final", "message"),
    [
        ([1, 2, math.nan, 4], [2, 3, 4, 5], "initial has 1 of 4 values, the first nan at pos"),
        ([1, 2, 3, 4], [2, math.inf, 4, 0], "final has 2 of 4 values, the first inf at position 1"),
        ([1, 2, -3, 4], [2, 3, 4, 5], "allowed: finite numbers above 0"),
        ([1, 2, 3], [1, 2, 3, 4], "found these lengths: initial 3, final 4; allowed: one length"),
        ([1, 2], [2, 3], "found 2 units; allowed: at least 3"),
        ([], [], "found 0 units; allowed: at least 3"),
        ([2, 2, 2, 2], [2, 3, 4, 5], "initial is 2.0 everywhere; allowed: values that differ"),
        ([1, 2, 3, 4], [2, 4, 6, 8], "found the same change of 0.693147 in every unit"),
        ([[1, 2], [3, 4]], [1, 2], "initial has 2 dimensions; allowed: 1"),
    ],
)  # fmt: skip
def test_input_that_is_none(initial, final, message):
    with pytest.raises(ValueError, match=message):
        beta_convergence(initial, final, 10)


def test_all_faults_are_told_at_once():
    with pytest.raises(
        ValueError, match=r"initial has .* nan .*\. final has .* -1\.0 at position 2"
    ):
        beta_convergence([1, math.nan, 3], [1, 2, -1], 10)
    missing = pd.Series([1, None, 3], dtype="Float64")
    with pytest.raises(ValueError, match="initial has 1 of 3 values"):
        beta_convergence(missing, [1, 2, 3], 10)


@pytest.mark.parametrize(
    ("controls", "message"),
    [
        ({"z": [1, 2, 3]}, "found these lengths: initial 6, final 6, z 3; allowed: one length"),
        ({"z": [1, 1, 1, 1, 1, 1]}, "z is 1.0 everywhere"),
        ({"z": [1, 2, math.nan, 4, 5, 6]}, "z has 1 of 6 values, the first nan"),
        ({"initial": [1, 2, 3, 4, 6, 5]}, "found a control named initial; allowed: other names"),
        ({"z": [1, 2, 3, 4, 6, 5], "w": [2, 4, 6, 8, 12, 10]}, "z, w that repeat one another"),
        ({"z": [0, 0, 0, 0, 0, 1]}, "found a unit that its own control fits exactly"),
        ("z", "controls = 'z'; allowed: a DataFrame, a named Series, a mapping"),
        (pd.Series([1, 2, 3, 4, 6, 5], index=list("abcdef"), name="z"), ""),
    ],
)
def test_controls_that_are_none(controls, message):
    levels = [1.0, 2, 3, 4, 5, 6], [2.0, 3, 5, 5, 7, 7]
    if not message:
        assert list(beta_convergence(*levels, 10, controls).params.index)[-1] == "z"
        return
    with pytest.raises(ValueError, match=message):
        beta_convergence(*levels, 10, controls)


def test_labels_must_name_the_same_units():
    initial = pd.Series([1.0, 2, 4, 8], index=list("abcd"))
    final = pd.Series([2.0, 3, 5, 9], index=list("bacd"))
    with pytest.raises(ValueError, match="labels of final are not those of initial; allowed: the"):
        beta_convergence(initial, final, 10)
    controls = pd.DataFrame({"z": [1.0, 2, 2, 3]}, index=list("abce"))
    with pytest.raises(ValueError, match="labels of z are not those of initial"):
        beta_convergence(initial, final.to_numpy(), 10, controls)
    assert beta_convergence(initial, final.reset_index(drop=True), 10).n == 4


@pytest.mark.parametrize("years", [0, -1, math.inf, math.nan])
def test_years_are_a_number_above_0(years):
    with pytest.raises(ValueError, match="allowed: a finite number above 0"):
        beta_convergence([1, 2, 4, 8], [2, 3, 5, 9], years)


def test_other_settings_that_are_none():
    levels = [1, 2, 4, 8], [2, 3, 5, 9]
    with pytest.raises(ValueError, match=r"cov_type = 'HAC' .*; allowed: nonrobust, HC0"):
        beta_convergence(*levels, 10, cov_type="HAC")
    with pytest.raises(ValueError, match=r"level = 95; allowed: above 0 and below 1, as 0\.95"):
        beta_convergence(*levels, 10).interval("initial", 95)
    with pytest.raises(
        ValueError, match=r"weights has 1 of 4 values, the first 0\.0 at position 1; allowed: fin"
    ):
        growth_regression(*levels, weights=[1, 0, 1, 1])

"""What two libraries compute with the same meaning, compared with ours wherever both exist."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from indicators.convergence import beta_convergence, growth_regression, spread_tests
from indicators.proportions import proportion_interval

COUNTS = st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
SCIPY = {"clopper_pearson": "exact", "wilson": "wilson", "wilson_cc": "wilsoncc"}
STATSMODELS = {
    "clopper_pearson": "beta", "wilson": "wilson", "agresti_coull": "agresti_coull",
    "jeffreys": "jeffreys",
}  # fmt: skip
LEVELS = st.sampled_from([0.5, 0.9, 0.95, 0.99])


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    start = np.exp(rng.normal(8, 1, 40))
    share, dummy = rng.uniform(0.1, 0.4, 40), (rng.random(40) > 0.6).astype(float)
    growth = 3 - 0.3 * np.log(start) + share + 0.2 * dummy + rng.normal(0, 0.3, 40)
    columns = {"start": start, "final": start * np.exp(growth), "share": share, "dummy": dummy}
    return pd.DataFrame(columns, index=[f"unit {place}" for place in range(40)])


@given(COUNTS, st.sampled_from(list(SCIPY)), LEVELS)
def test_shares_agree_with_scipy(counts, method, level):
    ours = proportion_interval(*counts, method, level)
    theirs = stats.binomtest(*counts).proportion_ci(level, SCIPY[method])
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-10)


@given(COUNTS, st.sampled_from(list(STATSMODELS)), LEVELS)
def test_shares_agree_with_statsmodels_inside_0_and_1(counts, method, level):
    ours = proportion_interval(*counts, method, level)
    low, high = proportion_confint(*counts, 1 - level, STATSMODELS[method])
    share = counts[0] / counts[1]
    theirs = (min(max(low, 0), share), max(min(high, 1), share))
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-10)


@pytest.mark.parametrize("cov_type", ["nonrobust", "HC0", "HC1", "HC2", "HC3"])
def test_beta_convergence_agrees_with_a_formula(panel, cov_type):
    ours = beta_convergence(
        panel["start"], panel["final"], 10, panel[["share", "dummy"]], cov_type=cov_type
    )
    formula = smf.ols("np.log(final / start) ~ np.log(start) + share + dummy", panel)
    theirs = formula.fit(cov_type=cov_type, use_t=True)
    assert ours.params.to_numpy() == pytest.approx(theirs.params.to_numpy(), rel=1e-9)
    assert ours.std_errors.to_numpy() == pytest.approx(theirs.bse.to_numpy(), rel=1e-9)
    assert ours.covariance.to_numpy() == pytest.approx(theirs.cov_params().to_numpy(), rel=1e-8)
    assert (ours.n, ours.df) == (theirs.nobs, theirs.df_resid)
    fits = (theirs.rsquared, theirs.rsquared_adj, theirs.mse_resid**0.5, theirs.fvalue)
    assert (ours.r_squared, ours.adj_r_squared, ours.residual_sd, ours.f_statistic) == (
        pytest.approx(fits, rel=1e-9)
    )
    bounds = theirs.conf_int(0.1).loc["np.log(start)"]
    interval = ours.interval("initial", 0.9)
    assert (interval.low, interval.high) == pytest.approx(tuple(bounds), rel=1e-9)
    assert ours.p_value("share") == pytest.approx(theirs.pvalues["share"], rel=1e-6)


def test_a_weighted_regression_and_its_line_agree_with_a_formula(panel):
    logs = np.log(panel[["start", "final"]])
    ours = growth_regression(logs["start"], logs["final"], weights=panel["share"])
    formula = smf.wls("I(final - start) ~ start", logs, weights=panel["share"])
    theirs = formula.fit(cov_type="HC3", use_t=True)
    assert ours.params.to_numpy() == pytest.approx(theirs.params.to_numpy(), rel=1e-9)
    assert ours.std_errors.to_numpy() == pytest.approx(theirs.bse.to_numpy(), rel=1e-9)
    at = theirs.get_prediction(pd.DataFrame({"start": [7.5]})).summary_frame(0.05)
    line = ours.line(7.5)
    ends = at[["mean_ci_lower", "mean", "mean_ci_upper"]].iloc[0]
    assert (line.low, line.estimate, line.high) == pytest.approx(tuple(ends), rel=1e-9)


def test_a_dummy_may_be_a_truth_value_or_a_number(panel):
    levels = panel["start"], panel["final"], 10
    numbers = beta_convergence(*levels, panel[["dummy"]])
    truths = beta_convergence(*levels, panel["dummy"].eq(1))
    array = beta_convergence(*levels, panel[["dummy"]].to_numpy())
    assert list(array.params.index) == ["constant", "initial", "control_1"]
    for other in (truths, array):
        assert other.params.to_numpy() == pytest.approx(numbers.params.to_numpy())


def test_the_unit_of_a_control_moves_its_coefficient_alone(panel):
    levels = panel["start"], panel["final"], 10
    shares, people = (beta_convergence(*levels, factor * panel["share"]) for factor in (1, 1e10))
    assert people.params["initial"] == pytest.approx(shares.params["initial"], rel=1e-9)
    assert people.f_statistic == pytest.approx(shares.f_statistic, rel=1e-9)
    assert people.params["share"] * 1e10 == pytest.approx(shares.params["share"], rel=1e-6)


def test_spread_tests_agree_with_scipy(panel):
    start, end = np.log(panel["start"]), np.log(panel["final"])
    found = spread_tests(start, end)
    for test, theirs in (("pitman_morgan", stats.pearsonr), ("spearman", stats.spearmanr)):
        reference = theirs(start + end, start - end)
        ours = getattr(found, test)
        assert (ours.statistic, ours.p_value) == pytest.approx(
            (reference.statistic, reference.pvalue), rel=1e-6
        )
    ratio = start.var() / end.var()
    tails = stats.f.cdf(ratio, 39, 39), stats.f.sf(ratio, 39, 39)
    assert found.t1.p_value == pytest.approx(2 * min(tails))
    assert found.t1.statistic == pytest.approx(ratio)

"""Convergence clubs: known truths, a second reading of the algorithm, and what must not matter."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from factor_panels import factor_panel, random_panel
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.convergence import (
    CRITICAL_T,
    club_sensitivity,
    convergence_clubs,
    log_t_test,
)

SEEDS = st.integers(0, 400)
TRIMS = st.sampled_from([0.2, 0.3, 1 / 3, 0.4])


def sets(clubs) -> list[set]:
    return [set(club.members) for club in clubs]


# Known truths


@pytest.mark.parametrize("sizes", [(4,), (5, 5), (3, 6, 4), (2, 3, 8, 5)])
def test_clubs_that_are_far_apart_are_found(sizes):
    limits = np.concatenate([np.full(size, 1.2 - 0.2 * club) for club, size in enumerate(sizes)])
    panel = factor_panel(limits, 0.8, 40, 5, noise=0.05)
    found = convergence_clubs(panel)
    assert sets(found.clubs) == [
        set(panel.index[limits == limit]) for limit in np.unique(limits)[::-1]
    ]
    assert found.divergent == ()
    assert [club.joins for club in found.merged] == [(n + 1,) for n in range(len(sizes))]
    assert all(club.t > CRITICAL_T and club.coef > 0 for club in found.clubs)


def drifting(units: int, years: int = 30) -> np.ndarray:
    """Every unit moves away from the next at its own speed."""
    t = np.arange(years)
    wave = np.sin(np.outer(np.arange(1, units + 1), t)) / 500
    return 8 + np.linspace(1, -1, units)[:, None] * (0.2 + 0.02 * t) + wave


def test_units_that_all_drift_apart_are_divergent():
    found = convergence_clubs(pd.DataFrame(drifting(5), index=list("abcde")))
    assert (found.clubs, found.merged) == ((), ())
    assert found.divergent == ("a", "b", "c", "d", "e")


def test_a_single_unit_left_over_is_divergent():
    panel = factor_panel([1, 1, 1, 1], 0.8, 30, 5, noise=0.05)
    panel.loc["low"] = panel.loc["u0"] - 0.5 - 0.03 * np.arange(30)
    found = convergence_clubs(panel)
    assert (sets(found.clubs), found.divergent) == ([{"u0", "u1", "u2", "u3"}], ("low",))


def test_a_unit_above_the_clubs_is_divergent_too():
    """The core starts at the first two neighbours that converge, so one may lie above it."""
    panel = factor_panel([1, 1, 1, 1], 0.8, 30, 5, noise=0.05)
    panel.loc["high"] = panel.loc["u0"] + 0.5 + 0.03 * np.arange(30)
    found = convergence_clubs(panel)
    assert (sets(found.clubs), found.divergent) == ([{"u0", "u1", "u2", "u3"}], ("high",))


# A second reading of Phillips and Sul (2007, section 4; 2009), without any short cut: the public
# test for every group. That of the R package ConvergenceClubs 2.2.5 with cstar_method
# "incremental", but for its |t| in the choice of the core.


class Reading:
    def __init__(self, panel: pd.DataFrame, trim: float, c_star: float):
        self.panel, self.trim, self.c_star = panel, trim, c_star
        self.clubs: list[list] = []
        self.branches: set[str] = set()
        left = list(panel.index[np.argsort(-panel.iloc[:, -1].to_numpy(), kind="stable")])
        while len(left) > 1:
            club = left if self.t(left) > CRITICAL_T else self.club(left)
            if not club:
                break
            self.clubs.append(club)
            left = [unit for unit in left if unit not in club]
        self.branches |= {"left over"} if len(left) == 1 else {"divergent"} if left else set()
        self.divergent = left

    def t(self, units: list) -> float:
        return log_t_test(self.panel.loc[units], self.trim).t

    def club(self, left: list) -> list:
        starts = (i for i in range(len(left) - 1) if self.t(left[i : i + 2]) > CRITICAL_T)
        first = next(starts, None)
        if first is None:
            return []
        t_values = []
        for end in range(first + 2, len(left) + 1):
            t = self.t(left[first:end])
            if t <= CRITICAL_T:
                break
            t_values.append(t)
        core = left[first : first + 2 + t_values.index(max(t_values))]
        joined = {unit: self.t([*core, unit]) for unit in left if unit not in core}
        c_star = self.c_star
        while True:
            club = core + [unit for unit, t in joined.items() if t > c_star]
            if self.t(club) > CRITICAL_T:
                return club
            self.branches.add("raised")
            if c_star > 3:
                self.branches.add("cap")
                return core
            c_star += 0.1

    def merged(self) -> list[tuple[int, ...]]:
        joins: list[tuple[int, ...]] = []
        for number in range(1, len(self.clubs) + 1):
            last = joins[-1] if joins else ()
            units = [unit for n in (*last, number) for unit in self.clubs[n - 1]]
            if last and self.t(units) > CRITICAL_T:
                joins[-1] = (*last, number)
            else:
                joins.append((number,))
        return joins


def assert_read_alike(panel, trim, c_star) -> set[str]:
    reading = Reading(panel, trim, c_star)
    found = convergence_clubs(panel, trim, c_star)
    assert sets(found.clubs) == [set(club) for club in reading.clubs]
    assert found.divergent == tuple(reading.divergent)
    assert [club.joins for club in found.merged] == reading.merged()
    for club in (*found.clubs, *found.merged):
        alone = log_t_test(panel.loc[list(club.members)], trim)
        assert (club.coef, club.t) == pytest.approx((alone.coef, alone.t), rel=1e-7)
        assert club.std_error == pytest.approx(alone.std_error, rel=1e-7)
    joined = {"joined"} if len(found.merged) < len(found.clubs) else set()
    return reading.branches | joined


@settings(max_examples=25, deadline=None)
@given(SEEDS, TRIMS, st.sampled_from([0.0, -1.65, 0.5, 3.05]))
def test_a_second_reading_finds_the_same(seed, trim, c_star):
    assert_read_alike(random_panel(seed), trim, c_star)


@pytest.mark.parametrize(
    ("branch", "seed", "c_star"),
    [
        ("divergent", 1, 0),
        ("left over", 6, 0),
        ("raised", 15, -1.65),
        ("cap", 7, 0),
        ("joined", 13, 0),
    ],
)
def test_every_branch_is_read_alike(branch, seed, c_star):
    assert branch in assert_read_alike(random_panel(seed), 0.3, c_star)


# Invariances


@settings(max_examples=20, deadline=None)
@given(SEEDS, TRIMS, st.integers(0, 100))
def test_the_order_of_units_does_not_matter(seed, trim, order):
    panel = random_panel(seed)
    found = convergence_clubs(panel, trim)
    mixed = convergence_clubs(panel.sample(frac=1, random_state=order), trim)
    assert [club.members for club in mixed.clubs] == [club.members for club in found.clubs]
    assert mixed.divergent == found.divergent
    assert [club.joins for club in mixed.merged] == [club.joins for club in found.merged]


@settings(max_examples=20, deadline=None)
@given(SEEDS, TRIMS)
def test_names_and_calendar_do_not_matter(seed, trim):
    panel = random_panel(seed)
    found = convergence_clubs(panel, trim)
    bare = convergence_clubs(panel.to_numpy(), trim)
    for club, other in zip(found.clubs, bare.clubs, strict=True):
        assert club.members == tuple(f"u{number}" for number in other.members)
        assert (club.coef, club.t) == (other.coef, other.t)
    assert found.divergent == tuple(f"u{number}" for number in bare.divergent)


@settings(max_examples=20, deadline=None)
@given(SEEDS, TRIMS, st.sampled_from([0.5, 3.0, 1000.0]))
def test_the_unit_of_the_log_levels_does_not_matter(seed, trim, factor):
    panel = random_panel(seed)
    found, scaled = convergence_clubs(panel, trim), convergence_clubs(panel * factor, trim)
    assert [club.members for club in scaled.clubs] == [club.members for club in found.clubs]
    assert scaled.divergent == found.divergent
    for club, other in zip(found.clubs, scaled.clubs, strict=True):
        assert other.t == pytest.approx(club.t, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(SEEDS, TRIMS)
def test_each_unit_is_in_one_place_and_every_club_converges(seed, trim):
    panel = random_panel(seed)
    found = convergence_clubs(panel, trim)
    for clubs in (found.clubs, found.merged):
        units = [unit for club in clubs for unit in club.members] + list(found.divergent)
        assert sorted(units) == sorted(panel.index)
        assert all(club.t > CRITICAL_T and len(club.members) > 1 for club in clubs)
    numbers = [number for club in found.merged for number in club.joins]
    assert numbers == list(range(1, len(found.clubs) + 1))
    last = panel.iloc[:, -1]
    for club in (*found.clubs, *found.merged):
        assert last.loc[list(club.members)].is_monotonic_decreasing


def test_units_that_end_alike_keep_their_order():
    """As R's order() does; so only among them may the order of the panel matter."""
    panel = factor_panel([1, 1, 1, 1, 0.8, 0.8], 0.8, 30, 5, noise=0.05)
    panel.loc[["u1", "u2"], 2019] = panel.loc["u0":"u3", 2019].min()
    for order in ("u0 u1 u2 u3 u4 u5", "u4 u3 u2 u1 u0 u5"):
        members = convergence_clubs(panel.loc[order.split()]).clubs[0].members
        assert set(members) == {"u0", "u1", "u2", "u3"}
        assert members[2:] == tuple(sorted(members[2:], key=order.split().index))


def test_without_merging_there_is_nothing_merged():
    panel = random_panel(3)
    found, unmerged = convergence_clubs(panel), convergence_clubs(panel, merge=False)
    assert (unmerged.clubs, unmerged.divergent, unmerged.merged) == (
        found.clubs,
        found.divergent,
        (),
    )


# What is refused


@pytest.mark.parametrize("c_star", [math.nan, math.inf, -2, "0", None, True])
def test_a_c_star_that_is_none(c_star):
    with pytest.raises(
        ValueError, match=f"c_star = {c_star}; allowed: a finite number of at least"
    ):
        convergence_clubs(random_panel(1), c_star=c_star)


def test_all_faults_are_told_together():
    panel = random_panel(1).rename(index={"u1": "u0"})
    with pytest.raises(ValueError, match="c_star = nan") as told:
        convergence_clubs(panel, 0, math.nan)
    assert "trim = 0; allowed" in str(told.value)
    assert "found units more than once: u0" in str(told.value)


@pytest.mark.parametrize("last", [9.0, 5.0])
def test_two_units_with_one_path_have_no_test(last):
    """Neighbours in the order of the last year, in the first pair or in what is left at last."""
    panel = pd.DataFrame(drifting(5), index=list("abcde"))
    panel.loc["same"] = panel.loc["a"] = panel.loc["a"] - panel.loc["a"].iloc[-1] + last
    message = "units a, same are equal in 0, or their mean is 0; allowed: differences in the first"
    with pytest.raises(ValueError, match=message):
        convergence_clubs(panel)


def test_log_ratios_are_refused():
    ratios = np.log(np.linspace(1.9, 1.6, 20)) * np.linspace(0.9, 1.1, 6)[:, None]
    with pytest.raises(ValueError, match="as those of a log ratio are; allowed: log levels"):
        convergence_clubs(ratios)


# Sensitivity


def test_the_table_holds_what_each_call_gives():
    panel = random_panel(12)
    trims, c_stars = [1 / 3, 0.2, 0.4], [0.0, -1.65]
    found = club_sensitivity(panel, trims, c_stars)
    assert list(zip(found["trim"], found["c_star"], strict=True)) == [
        (trim, c_star) for trim in trims for c_star in c_stars
    ]
    for row in found.itertuples():
        clubs = convergence_clubs(panel, row.trim, row.c_star)
        assert (row.initial, row.clubs) == (len(clubs.clubs), len(clubs.merged))
        assert (row.divergent, row.discarded) == (len(clubs.divergent), clubs.discarded)
        assert row.sizes == ", ".join(str(len(club.members)) for club in clubs.merged)
        assert 0 <= row.moved < len(panel)
    assert found["moved"].iloc[0] == 0


@settings(max_examples=20, deadline=None)
@given(SEEDS, TRIMS, TRIMS)
def test_as_many_units_move_there_as_back(seed, one, other):
    if one != other:
        panel = random_panel(seed)
        there, back = (club_sensitivity(panel, pair) for pair in ([one, other], [other, one]))
        assert there["moved"].iloc[1] == back["moved"].iloc[1]
        same = {
            (frozenset(map(frozenset, sets(found.merged))), frozenset(found.divergent))
            for found in (convergence_clubs(panel, trim) for trim in (one, other))
        }
        assert (there["moved"].iloc[1] == 0) == (len(same) == 1)


@pytest.mark.parametrize(
    ("trims", "c_stars", "message"),
    [
        ([], [0.0], r"trims holds \[\]; allowed: at least one number, each once"),
        ([0.3, 0.3], [], r"trims holds \[0.3, 0.3\]; .*c_stars holds \[\]; allowed"),
        ([0.3, 1.5], [0.0], "trim = 1.5; allowed: a number above 0 and below 1"),
    ],
)
def test_lists_that_are_none(trims, c_stars, message):
    with pytest.raises(ValueError, match=message):
        club_sensitivity(random_panel(1), trims, c_stars)

"""The headline measures of urban-rural convergence over every defensible combination of choices.

`load_stock` takes the rows of the table `income`; a specification names one option of each choice,
and is one plain call of the chapter's own functions (`pace_of`, `year_reached`). Specifications
that give the same number from the same figures are one result. Results are counted and never
averaged, and no count of them is a probability.
"""

from indicators.specification_curve.choices import EVIDENCE, GRADES, LEAST_YEARS, Choices
from indicators.specification_curve.counts import (
    answer_counts,
    count_specifications,
    first_target,
    spanned_years,
    statement_answers,
    target_ranges,
)
from indicators.specification_curve.curves import pace_curve, scenario_curve
from indicators.specification_curve.distinct import distinct_results
from indicators.specification_curve.effects import answer_effects, choice_flips, year_effects
from indicators.specification_curve.facts import gate_facts
from indicators.specification_curve.paces import (
    PaceSpecification,
    pace_of,
    pace_specifications,
)
from indicators.specification_curve.scenarios import (
    ScenarioSpecification,
    scenario_specifications,
    year_reached,
)
from indicators.specification_curve.statements import (
    ANSWERS,
    BY_CONSTRUCTION,
    STATEMENTS,
    answer,
    statement,
)
from indicators.specification_curve.stock import Admitted, Stock, load_stock

__all__ = [
    "ANSWERS",
    "BY_CONSTRUCTION",
    "EVIDENCE",
    "GRADES",
    "LEAST_YEARS",
    "STATEMENTS",
    "Admitted",
    "Choices",
    "PaceSpecification",
    "ScenarioSpecification",
    "Stock",
    "answer",
    "answer_counts",
    "answer_effects",
    "choice_flips",
    "count_specifications",
    "distinct_results",
    "first_target",
    "gate_facts",
    "load_stock",
    "pace_curve",
    "pace_of",
    "pace_specifications",
    "scenario_curve",
    "scenario_specifications",
    "spanned_years",
    "statement",
    "statement_answers",
    "target_ranges",
    "year_effects",
    "year_reached",
]

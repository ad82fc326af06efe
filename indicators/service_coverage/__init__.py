"""What printed figures on services say about coverage, and what they cannot say.

The rows of the tables `services`, `targets` and `claims` go in, the first two marked with their
evidence. Coverage of villages is neither use nor coverage of people.
"""

from indicators.service_coverage.choices import (
    ARTICLE,
    COVERAGE_CLAIMS,
    UNIVERSES,
    Choices,
    stated,
    stated_times,
)
from indicators.service_coverage.facts import gate_facts
from indicators.service_coverage.published import field_years, published_evidence
from indicators.service_coverage.rates import derived_rates
from indicators.service_coverage.sampling import coverage_intervals
from indicators.service_coverage.series import (
    SETTLED,
    mark_targets,
    service_series,
    service_targets,
)
from indicators.service_coverage.statements import (
    ONE_SIDED,
    compare_statements,
    coverage_statements,
)
from indicators.service_coverage.villages import canteen_villages, village_counts
from indicators.service_coverage.vouchers import (
    voucher_amount,
    voucher_bars,
    voucher_monthly,
    voucher_readings,
    voucher_verdict,
)

__all__ = [
    "ARTICLE",
    "COVERAGE_CLAIMS",
    "ONE_SIDED",
    "SETTLED",
    "UNIVERSES",
    "Choices",
    "canteen_villages",
    "compare_statements",
    "coverage_intervals",
    "coverage_statements",
    "derived_rates",
    "field_years",
    "gate_facts",
    "mark_targets",
    "published_evidence",
    "service_series",
    "service_targets",
    "stated",
    "stated_times",
    "village_counts",
    "voucher_amount",
    "voucher_bars",
    "voucher_monthly",
    "voucher_readings",
    "voucher_verdict",
]

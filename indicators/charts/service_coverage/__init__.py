"""Charts of the chapter on service coverage."""

from indicators.charts.service_coverage.published import published_evidence
from indicators.charts.service_coverage.series import service_series
from indicators.charts.service_coverage.sets import identified_sets
from indicators.charts.service_coverage.villages import implied_villages
from indicators.charts.service_coverage.vouchers import voucher_amount

__all__ = [
    "identified_sets",
    "implied_villages",
    "published_evidence",
    "service_series",
    "voucher_amount",
]

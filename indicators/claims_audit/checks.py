"""Which check belongs to which claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from indicators.claims_audit import projects, services, villages
from indicators.claims_audit.comparison import Comparison
from indicators.claims_audit.stock import Stock

_earlier = villages.earlier_count
CHECKS: Mapping[str, Callable[[Stock], list[Comparison]]] = {
    "F01": projects.passed_level,
    "F02": projects.list_length,
    "F03": projects.amount_completed,
    "F04": projects.rate_readings,
    "F05": projects.new_projects,
    "F06": projects.starts,
    "F07": projects.first_round,
    "F08": projects.share_of_projects,
    "F09": villages.ratio_of_incomes,
    "F10": villages.routes_to_ratio,
    "F11": villages.villages_of_province,
    "F12": villages.thresholds,
    "U03": projects.renewal_projects,
    "U04": projects.renewal_rate,
    "U09": villages.per_county,
    "U11": villages.new_chains,
    "U12": villages.chain_floor,
    "U13": villages.all_chains,
    "U16": villages.per_cluster,
    "U17": partial(villages.per_team, claim_id="U17"),
    "U18": partial(villages.per_team, claim_id="U18"),
    "U19": villages.per_entrepreneur,
    "U20": partial(_earlier, claim_id="U20", indicator="youth_stations", key="earlier"),
    "U21": villages.per_station,
    "U22": partial(
        _earlier, claim_id="U22", indicator="youth_station_households", key="earlier_youth"
    ),
    "U23": partial(
        _earlier,
        claim_id="U23",
        indicator="youth_station_village_collectives",
        key="earlier_double",
    ),
    "U24": partial(
        _earlier, claim_id="U24", indicator="youth_station_income_gain", key="earlier_each"
    ),
    "S03": services.short_stays,
    "S04": services.nights,
    "S07": partial(services.share_of_fee, claim_id="S07"),
    "S08": partial(services.share_of_fee, claim_id="S08"),
    "S09": partial(services.voucher, claim_id="S09"),
    "S10": partial(services.voucher, claim_id="S10"),
    "S11": services.meal_points,
    "S12": services.coverage,
    "S14": services.events,
}

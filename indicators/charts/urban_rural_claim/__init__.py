"""Charts of the chapter on the claimed ratio."""

from indicators.charts.urban_rural_claim.triangulation import triangulation

__all__ = ["triangulation"]

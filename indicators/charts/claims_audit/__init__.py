"""Charts of the chapter that audits the claims."""

from indicators.charts.claims_audit.compared import compared
from indicators.charts.claims_audit.verdicts import verdicts

__all__ = ["compared", "verdicts"]

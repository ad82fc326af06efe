"""A panel that a reader brings along: units by years, with incomes and people, from a CSV file.

`read_panel` checks the file as the tables of the book are checked; `matrix` and `balanced` make
what the tests of convergence take. Units must not lie within one another: a prefecture and its
counties are two panels.
"""

from indicators.panel.layout import COLUMNS, INCOMES, LAYOUT
from indicators.panel.matrices import MEASURES, balanced, matrix
from indicators.panel.reading import read_panel

__all__ = ["COLUMNS", "INCOMES", "LAYOUT", "MEASURES", "balanced", "matrix", "read_panel"]

"""What is handed to a statistic, checked before anything is computed.

A fault says what was found and what is allowed. All faults of one call come in one ValueError, and
no library is left to find them in words of its own.
"""

from indicators.inputs.settings import (
    LARGEST,
    SMALLEST,
    as_float,
    check_choice,
    check_flag,
    check_level,
    check_number,
    check_table,
    check_together,
    check_whole,
    check_words,
    is_number,
    is_whole,
    refuse,
    shown,
    unknown,
)
from indicators.inputs.vectors import Vector, check_labels, check_values, read_numbers, spreads

__all__ = [
    "LARGEST",
    "SMALLEST",
    "Vector",
    "as_float",
    "check_choice",
    "check_flag",
    "check_labels",
    "check_level",
    "check_number",
    "check_table",
    "check_together",
    "check_values",
    "check_whole",
    "check_words",
    "is_number",
    "is_whole",
    "read_numbers",
    "refuse",
    "shown",
    "spreads",
    "unknown",
]

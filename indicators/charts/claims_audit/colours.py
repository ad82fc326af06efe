"""One colour for a verdict in both charts."""

from indicators.charts import BLUE, GREY, ORANGE, PALE, PURPLE, VERMILION

VERDICT_COLOURS = {
    "consistent": BLUE,
    "inconsistent": VERMILION,
    "ambiguous_definition": ORANGE,
    "stale": PURPLE,
    "not_testable": "#B8B8B8",
    "label": PALE,
}
# Words in these hues need more contrast with the paper than marks do.
VERDICT_INKS = VERDICT_COLOURS | {
    "inconsistent": "#B34700",
    "ambiguous_definition": "#8A5A00",
    "stale": "#A0487A",
    "not_testable": GREY,
    "label": GREY,
}

"""Compare: all forces on one measure and year, each view answering one question."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.caterpillar import caterpillar
from insight.charts.distribution import distribution
from insight.charts.funnel import funnel
from insight.charts.rug import rug
from insight.comparing.alike import METHOD
from insight.comparing.funnels import flags_of, funnel_lines
from insight.notes import by_chance
from insight.questions import figures
from insight.tables.comparisons import alike_to_read, outliers_to_read, ranks_to_read, rug_to_read
from insight.tables.figures import areas_to_read
from insight.verdicts import with_shown_verdicts
from ui import address, blocks, drawn, shown
from ui.choices import ALIKE, Choices, chosen
from ui.reading import ask

ORDERS = {"highest": "Highest first", "lowest": "Lowest first", "name": "By name"}
VIEWS = {
    "bars": "Ranked bars with intervals",
    "funnel": "Funnel: is it more than chance?",
    "ranks": "Ranks with intervals",
    "map": "Map of verdicts",
    "spread": "Spread of forces",
    "rug": "All measures at once",
}
TOO_WIDE = "This figure is too wide for a phone. Its table below has the same figures, verdicts and trends."
LIMITS = {"adjusted": "Adjusted for overdispersion", "chance": "Chance alone"}


def ranked(choices: Choices) -> None:
    """Bars of all forces with England's and the region's line."""
    order = address.choose_one("order", "Order", ORDERS, "highest")
    title = f"{choices.measure.title}: how do forces compare, {choices.year_text}?"
    notes = [shown.hidden_note(choices), *shown.unranked_notes(choices), shown.comparison_note(choices)]
    drawn.put_forces(choices, drawn.bars(choices, title, order), "compare-bars", notes)


def funnelled(choices: Choices) -> None:
    """Each force by its size, with limits; outliers by the same rule in a table."""
    measure = choices.measure
    rest = ask(figures.comparison, measure.measure_id, choices.period_end)
    if rest.empty or pd.isna(rest.iloc[0]["tau2"]):
        st.info("No funnel can be drawn: this measure is a bare count, or no force has a whole figure.")
        return
    offered = LIMITS if measure.independent else {"adjusted": LIMITS["adjusted"]}
    picked = address.choose_one("limits", "Limits", offered, "adjusted")
    row = rest.iloc[0]
    frame = shown.forces_now(choices)
    whole = frame[frame["value"].notna() & (frame["hidden_parts"] == 0)]
    flags = flags_of(frame, adjusted=picked == "adjusted")
    sizes = whole.loc[whole["unranked_because"].isna(), "denominator"].astype(float)
    figure = funnel(
        frame.assign(size=frame["denominator"], flag=flags),
        title=f"{measure.title}: which forces differ by more than chance, {choices.year_text}?",
        empty="No force has a whole figure.",
        my_force=choices.force.code,
        limits=funnel_lines(
            measure.__dict__, row, float(sizes.min()) * 0.9, float(sizes.max()) * 1.05, adjusted=picked == "adjusted"
        ),
        average=float(row["average"]),
        average_name=f"Average of {row['forces_compared']} forces",
        size_title=shown.figure_label(str(measure.denominator)),
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        not_ranked=shown.not_ranked(choices),
    )
    notes = [
        "How to read this: a small force moves more by chance than a large one, so the limits narrow from left to right. A force "
        "between the limits does not differ from the average by more than would be expected.",
        f"The variance between forces is {row['phi']:.1f} times what chance alone would give (φ); what is beyond chance, on the "
        f"{'arcsine' if measure.kind == 'proportion' else 'square-root'} scale is τ² = {row['tau2']:.4f}. Adjusted limits allow "
        f"for it. Outside 99.8%: an outlier. Outside 95%: lighter; of {row['forces_compared']} forces "
        f"{by_chance(int(row['forces_compared']))} by chance.",
        shown.hidden_note(choices),
    ]
    outliers = outliers_to_read(frame.assign(flag=flags), measure.__dict__, shown.labels())
    drawn.put_forces(choices, figure, "compare-funnel", notes, outliers)


def in_ranks(choices: Choices) -> None:
    """Ranks with their intervals, in place of a league table."""
    frame = shown.forces_now(choices)
    figure = caterpillar(
        frame,
        title=f"{choices.measure.title}: how sure is each force's rank, {choices.year_text}?",
        empty=shown.no_rank_because(choices),
        my_force=choices.force.code,
    )
    notes = [
        "Rank 1 is the highest figure, which is neither good nor bad. The line is the 95% interval of the rank: where lines "
        "overlap, the order of two forces is not known.",
        shown.hidden_note(choices),
        *shown.unranked_notes(choices),
    ]
    drawn.put_forces(choices, figure, "compare-ranks", notes, ranks_to_read(frame, choices.measure.__dict__, shown.labels()))


def on_the_map(choices: Choices) -> None:
    """Tiles shaded by verdict, with the value in the tile."""
    title = f"{choices.measure.title}: where do forces differ from the average, {choices.year_text}?"
    notes = [shown.hidden_note(choices), shown.comparison_note(choices)]
    drawn.put_forces(choices, drawn.verdict_map(choices, title), "compare-map", notes)


def spread(choices: Choices) -> None:
    """The box of all forces with my force."""
    measure = choices.measure
    rest = ask(figures.comparison, measure.measure_id, choices.period_end)
    held = not rest.empty and pd.notna(rest.iloc[0]["p50"])
    box = rest.iloc[0][["minimum", "p5", "p25", "p50", "p75", "p95", "maximum"]].astype(float).to_dict() if held else None
    frame = shown.forces_now(choices)
    figure = distribution(
        frame,
        title=f"{measure.title}: where does {choices.force.name} lie among forces, {choices.year_text}?",
        empty="No box can be drawn: this measure is a bare count, or fewer than four forces have a whole figure.",
        my_force=choices.force.code,
        box=box,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        not_ranked=shown.not_ranked(choices),
    )
    notes = [
        "The box holds the middle half of forces, the line in it the middle force; the ticks are the 5th and 95th percentiles.",
        shown.hidden_note(choices),
        *shown.unranked_notes(choices),
    ]
    drawn.put_forces(choices, figure, "compare-spread", notes, areas_to_read(frame, measure.__dict__, shown.labels()))


def all_measures(choices: Choices) -> None:
    """The tartan rug: every measure of every force in the year."""
    frame = ask(figures.all_measures_in_year, choices.period_end)
    wanted = set(frame["measure_id"])
    measures = ask(figures.measures)
    measures = measures[measures["measure_id"].isin(wanted)]
    by = {"name": "Name", **{one.replace("_", "-"): f"Highest: {name}" for one, name in _titles(measures)}}
    picked = address.choose_one("rugorder", "Order by", by, "name")
    order = shown.rug_order(frame, picked.replace("-", "_"))
    figure = rug(
        with_shown_verdicts(frame.set_index("area_code").loc[order].reset_index()),
        title=f"Where does each force differ from the average, on every measure, {choices.year_text}?",
        empty="No measure has a figure for this year.",
        my_force=choices.force.code,
        measures=measures,
        words=shown.figure_words(),
    )
    notes = [
        "Colour and mark: the verdict. Unusually high or low: beyond the adjusted limits; above or below average: within them. "
        "Arrow: the recent trend over five years. A hatched or empty cell: no whole figure, so not compared.",
    ]
    table = rug_to_read(frame, measures, shown.labels())
    blocks.chart(figure, table, shown.source_of_all(), ("rug", str(choices.period_end.year)), notes, frame, TOO_WIDE)


def _titles(measures: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(measures["measure_id"], measures["short_title"], strict=True))


def peers(choices: Choices) -> None:
    """Which forces are most alike, and by what."""
    if choices.group != ALIKE:
        return
    with st.expander(f"Which forces are most like {choices.force.name}, and how was that found?"):
        st.markdown(METHOD)
        blocks.show_table(alike_to_read(shown.most_alike_now(choices), shown.own_likeness(choices)))


def render() -> None:
    """The page."""
    choices = chosen()
    drawn.head("Compare forces", choices)
    st.caption(f"{choices.measure.definition} {choices.measure.caveats}")
    views = {
        "bars": ranked,
        "funnel": funnelled,
        "ranks": in_ranks,
        "map": on_the_map,
        "spread": spread,
        "rug": all_measures,
    }
    picked = address.choose_one("view", "Show", VIEWS, "bars")
    peers(choices)
    views[picked](choices)


render()

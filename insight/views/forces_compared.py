"""How do forces compare in one measure and year: ranked bars, funnel, ranks, map, spread."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from insight.charts.areas import area_map, has_boundaries
from insight.charts.bars import Order, ranked_bars
from insight.charts.caterpillar import caterpillar
from insight.charts.distribution import distribution
from insight.charts.funnel import funnel
from insight.charts.tile_map import tile_map
from insight.comparing.funnels import flags_of, funnel_lines
from insight.comparing.quantile_classes import shaded
from insight.findings.levels import rank_sentence
from insight.findings.phrases import against_average, within_limits
from insight.format import is_lower_bound, is_missing, listed, number, plural, reason_to_doubt, spelt, upper_first
from insight.notes import by_chance
from insight.records import records
from insight.statistics import FEWEST_FOR_A_BOX, FEWEST_FORCES, FunnelFlag, Verdict, VerdictBasis
from insight.tables.comparisons import outliers_to_read, ranks_to_read
from insight.tables.figures import areas_to_read, to_take_away
from insight.tables.model import Table
from insight.verdicts import has_verdicts, is_compared, is_tested, with_shown_verdicts
from insight.views.context import Context
from insight.views.view import Picture, View
from vocabulary import Status

Shape = Literal["boundaries", "tiles"]
UNUSUAL = (Verdict.UNUSUALLY_HIGH, Verdict.UNUSUALLY_LOW, Verdict.UNUSUALLY_BETTER, Verdict.UNUSUALLY_WORSE)
WHOLE = 10  # times as much, from which on a decimal says nothing more
NOT_COMPARED_BECAUSE: dict[str, str] = {
    VerdictBasis.DOUBTFUL_FIGURE: "it is doubtful (†)",
    VerdictBasis.DOUBTFUL_ZERO: "one of its councils has a doubtful figure of 0",
    VerdictBasis.NO_INTERVAL: "no 95% interval can be calculated for it",
    VerdictBasis.NO_BENCHMARK: "there is no average of forces to compare it with",
}
BOX = ["minimum", "p5", "p25", "p50", "p75", "p95", "maximum"]


def bars(context: Context, question: str, name: str, order: Order = "highest", notes: tuple[str, ...] = ()) -> View:
    """All forces as ranked bars, with the lines of England, the region and the average."""
    chart = ranked_bars(
        with_shown_verdicts(context.covered_forces()),
        title=question,
        empty=f"No force has a figure for the {context.selection.year_text}.",
        lines=context.reference_lines(),
        order=order,
        compared=context.selection.compared,
        not_ranked=context.not_ranked(),
        verdicts="verdict" if has_verdicts(context.measure.row) else None,
        **context.drawn(),
    )
    said = notes or (context.hidden_note(), *context.unranked_notes(), context.comparison_note())
    return _of_all_forces(context, question, chart, name, said)


def ranked(context: Context, order: Order = "highest") -> View:
    """How do forces compare?"""
    question = f"How do forces compare on {context.measure.named}, {context.selection.year_text}?"
    uncovered = context.not_drawn(_not_covered(context))
    return replace(bars(context, question, "compare-bars", order), answer=f"{standing_among(context)} {uncovered}".strip())


def _not_covered(context: Context) -> list[str]:
    """Codes of the reader's forces that the measure does not cover, which have no bar."""
    frame = context.forces()
    return frame.loc[
        frame["area_code"].isin(context.first_forces) & (frame["status"] == Status.NOT_COVERED), "area_code"
    ].tolist()


def on_the_map(context: Context, shape: Shape = "boundaries") -> View:
    """Where do forces differ from the average? Of a count, which is compared with nothing, where it is highest."""
    question = f"Where does {context.measure.named} differ from the average, {context.selection.year_text}?"
    question = question if has_verdicts(context.measure.row) else where_highest(context)
    return verdict_map(context, question, "compare-map", shape)


def where_highest(context: Context) -> str:
    """The question of a map of a count."""
    return f"Where is {context.measure.named} highest, {context.selection.year_text}?"


def verdict_map(context: Context, question: str, name: str, shape: Shape = "boundaries") -> View:
    """All forces in their boundaries or as equal tiles, shaded by verdict, or by five classes where a measure has none."""
    measure = context.measure
    frame, bounds = shaded(context.forces(), measure.decimals)
    chart = tile_map(
        with_shown_verdicts(frame),
        title=question,
        empty="No force has a figure.",
        colour_by="verdict" if has_verdicts(measure.row) else "shade",
        shade_labels=bounds,
        compared=context.selection.compared,
        **context.drawn(),
    )
    drawn = area_map(chart) if shape == "boundaries" and has_boundaries(chart) else chart
    view = _of_all_forces(context, question, drawn, name, (context.hidden_note(), context.comparison_note()))
    return replace(view, answer=_unusual(context))


def funnel_plot(context: Context, adjusted: bool) -> View:
    """Each force by its size with the limits of chance; forces beyond them by the same rule in the table."""
    measure, rest = context.measure, context.comparison()
    question = f"Which forces differ by more than chance on {measure.named}, {context.selection.year_text}?"
    if not has_funnel(context):
        why = _nothing_drawn(context, "funnel", f"Fewer than {FEWEST_FORCES} forces have a complete figure")
        return View(("compare-funnel", measure.measure_id), question, empty=why)
    row = rest.iloc[0]
    frame = context.forces()
    complete = frame[frame["value"].notna() & (frame["hidden_parts"] == 0)]
    flags = flags_of(frame, adjusted=adjusted)
    sizes = complete.loc[complete["unranked_because"].isna(), "denominator"].astype(float)
    chart = funnel(
        frame.assign(size=frame["denominator"], flag=with_shown_verdicts(frame)["verdict"] if adjusted else flags),
        title=question,
        empty="No force has a complete figure.",
        limits=funnel_lines(measure.row, row, float(sizes.min()) * 0.9, float(sizes.max()) * 1.05, adjusted=adjusted),
        average=float(row["average"]),
        average_name=f"Average of {row['forces_compared']} forces",
        size_title=context.figure_label(str(measure.denominator)),
        not_ranked=context.not_ranked(),
        compared=context.selection.compared,
        **context.drawn(),
    )
    table = outliers_to_read(context.pinned(frame.assign(flag=flags)), measure.row, context.figure_words())
    view = _of_all_forces(context, question, chart, "compare-funnel", _funnel_notes(context, row), table)
    answer = _unusual(context) if adjusted else _beyond_chance(context, flags)
    return replace(view, answer=f"{answer} {_without_a_figure(context)}".strip())


def _without_a_figure(context: Context, every: bool = False) -> str:
    """Which of the reader's forces a picture lacks, and why: 'Not drawn: City of London (suppressed).'

    Args:
        context: what is selected.
        every: also the chosen ones whose figure is a minimum or doubtful, where such figures have no place in the picture.
    """
    frame = context.forces()
    missing = frame[frame["area_code"].isin(context.first_forces) & frame["value"].isna()]["area_code"].tolist()
    if every:
        chosen = records(frame[frame["area_code"].isin(context.selection.compared)])
        missing += [row["area_code"] for row in chosen if is_lower_bound(row) or reason_to_doubt(row)]
    return context.not_drawn(missing)


def has_funnel(context: Context) -> bool:
    """Whether a funnel is drawn of the measure and year: without one there are no limits to choose."""
    rest = context.comparison()
    return not rest.empty and bool(pd.notna(rest.iloc[0]["tau2"]))


def has_order(context: Context) -> bool:
    """Whether bars of more than one force can be put in an order."""
    return int(context.forces()["value"].notna().sum()) > 1


def _funnel_notes(context: Context, row: pd.Series) -> tuple[str, ...]:
    compared = int(row["forces_compared"])
    phi = float(row["phi"])
    more = (
        f"The figures of forces vary about {number(phi, 0 if phi >= WHOLE else 1)} times as much as chance alone would explain, "
        "and the adjusted limits allow for that"
        if row["tau2"] > 0
        else "Forces do not differ by more than chance would explain, so the adjusted limits are those of chance alone"
    )
    return (
        "How to read this: a small force moves more by chance than a large one, so the limits narrow from left to right. A force "
        "between the limits does not differ from the average by more than would be expected.",
        f"{more} (see Methods; the exact numbers are in the table “comparison” of Downloads). If no force differed, "
        f"{by_chance(compared)} by chance alone.",
        context.hidden_note(),
    )


def ranks(context: Context) -> View:
    """Ranks with their intervals, in place of a league table."""
    question = f"How certain is each force's rank on {context.measure.named}, {context.selection.year_text}?"
    frame = context.forces()
    chart = caterpillar(
        frame,
        title=question,
        empty=_no_rank_because(context),
        my_force=context.selection.force.code,
        compared=context.selection.compared,
    )
    notes = (
        "Rank 1 is the highest figure, which is neither good nor bad. The line is the 95% interval of the rank: where lines "
        "overlap, the order of two forces is not known.",
        context.hidden_note(),
        *context.unranked_notes(),
    )
    table = ranks_to_read(context.pinned(frame), context.measure.row, context.figure_words())
    view = _of_all_forces(context, question, chart, "compare-ranks", notes, table)
    return replace(view, answer=f"{_rank(context) or standing_among(context)} {_without_a_figure(context, every=True)}".strip())


def _no_rank_because(context: Context) -> str:
    measure = context.measure
    if not has_verdicts(measure.row):
        return "Counts are not ranked, because a larger area has larger numbers. Choose a rate or percentage."
    if not is_tested(measure.row):
        return "Incidents are not ranked, because one child can have many. The funnel shows how forces compare."
    return f"No force has a complete figure for the {context.selection.year_text}."


def _nothing_drawn(context: Context, what: str, too_few: str) -> str:
    """Why a picture that counts do not have, and that needs complete figures, is not there."""
    if not has_verdicts(context.measure.row):
        return f"This measure is a count, so no {what} is drawn. Choose a rate or percentage."
    return f"{too_few} for the {context.selection.year_text}, so no {what} is drawn."


def spread(context: Context) -> View:
    """The box of all forces with the selected force."""
    measure, rest = context.measure, context.comparison()
    area = context.selection.force.area
    question = f"Where does {area} stand among forces on {measure.named}, {context.selection.year_text}?"
    known = not rest.empty and pd.notna(rest.iloc[0]["p50"])
    chart = distribution(
        context.forces(),
        title=question,
        empty=_nothing_drawn(context, "box", f"Fewer than {spelt(FEWEST_FOR_A_BOX)} forces have a complete figure"),
        box=rest.iloc[0][BOX].astype(float).to_dict() if known else None,
        not_ranked=context.not_ranked(),
        compared=context.selection.compared,
        **context.drawn(),
    )
    notes = (
        "The box is the middle half of forces, the line in it the middle force; the ticks are the 5th and 95th percentiles.",
        context.hidden_note(),
        *context.unranked_notes(),
    )
    answer = f"{standing_among(context)} {_without_a_figure(context, every=True)}".strip()
    return replace(_of_all_forces(context, question, chart, "compare-spread", notes), answer=answer)


def _own(context: Context) -> dict[str, Any] | None:
    """The selected force's row with its rank and average; None for an output without a force, or without a figure."""
    if not context.selection.force.code:
        return None
    row = context.profile().of(context.measure.measure_id, context.selection.period_end.year)
    return None if row is None or is_missing(row["value"]) else row


def standing_among(context: Context) -> str:
    """How the force's figure compares with the average of forces, in a sentence; nothing for a count or without a figure."""
    row = _own(context)
    if row is None or not has_verdicts(row):
        return ""
    area = context.selection.force.area
    if row["verdict"] == Verdict.TOO_FEW:
        return f"There are too few children in {area} to compare."
    if not is_compared(row):
        why = "it is a minimum" if is_lower_bound(row) else NOT_COMPARED_BECAUSE.get(row["verdict_basis"])
        return f"The figure for {area} is not compared{f', because {why}' if why else ''}."
    return f"The figure for {area} is {against_average(row, plural(int(row['forces_compared']), 'force'))}{within_limits(row)}."


def _rank(context: Context) -> str:
    row = _own(context)
    return "" if row is None or is_missing(row["rank"]) else rank_sentence(row, context.selection.force.area)


def _unusual(context: Context) -> str:
    """How many forces are unusual among those compared, and how the selected one compares."""
    rows = [row for row in records(context.forces()) if is_compared(row)]
    if not rows:
        return standing_among(context)
    found = Counter(str(row["verdict"]).lower() for row in rows if Verdict(row["verdict"]) in UNUSUAL)
    parts = [f"{spelt(count)} {'is' if count == 1 else 'are'} {verdict}" for verdict, count in sorted(found.items())]
    said = f"Of {plural(len(rows), 'force')}, {listed(parts) or 'none is unusually high or low'}."
    return f"{said} {standing_among(context)}".strip()


def _beyond_chance(context: Context, flags: pd.Series) -> str:
    """How many forces lie outside the limits of chance alone."""
    compared = flags[flags.notna() & (flags != FunnelFlag.NOT_COMPARED)]
    outside = int((compared != FunnelFlag.NOT_SIGNIFICANT).sum())
    verb = "is" if outside == 1 else "are"
    return f"{upper_first(spelt(outside))} of {plural(len(compared), 'force')} {verb} outside the limits of chance alone."


def _of_all_forces(
    context: Context, question: str, chart: Picture, name: str, notes: tuple[str, ...], table: Table | None = None
) -> View:
    """A chart of all forces with its table, every stored column, and which figures of the year are doubtful."""
    frame, measure = context.forces(), context.measure
    return View(
        name=(name, measure.measure_id, str(context.selection.period_end.year)),
        question=question,
        chart=chart,
        table=areas_to_read(context.pinned(frame), measure.row, context.figure_words()) if table is None else table,
        data=to_take_away(frame),
        notes=(*notes, *context.doubt_notes()),
        source=context.source(),
        short_source=context.short_source(),
    )

"""England's detail: how old the children are who go missing from care, for how long, and from where; England's newest year."""

from __future__ import annotations

import re

import pandas as pd

from insight.charts.shares import shares
from insight.downloads.files import period
from insight.format import is_missing, listed, number, short_value, upper_first
from insight.queries import beside
from insight.sources import short_source
from insight.tables.model import Number, table_of
from insight.views.context import Context
from insight.views.selection import rests_on
from insight.views.view import View

PUBLICATION = "looked_after_missing_england"
UNIT = "% of missing incidents"
ROUNDED = "The Department for Education rounds these counts to the nearest 10. Nothing here is compared between forces."
OF_INCIDENTS = "One child can go missing many times, so these are shares of incidents and not of children."
PLACEMENTS = "From the 2024 release on, which covers 2020 and later, placements are grouped in another way than before."
LEADING = "children_missing_percent"
FORCES_LATER = "Forces' figures end in March {reached}: we have no council numbers for {newest}."
NUMBERED = re.compile(r"^\d+: ")


@rests_on()
def how_old(context: Context) -> View:
    """Missing incidents of England by age."""
    return _parts(
        context, "age", "How old are the children who go missing from care?", "of missing incidents were of children aged"
    )


@rests_on()
def how_long(context: Context) -> View:
    """Missing incidents of England by how long they lasted."""
    return _parts(context, "duration", "For how long are they missing?", "of missing incidents lasted")


@rests_on()
def where_from(context: Context) -> View:
    """Missing incidents of England by the placement that they began from."""
    return _parts(context, "placement", "From which placements do they go missing?", "of missing incidents were from", PLACEMENTS)


def _parts(context: Context, topic: str, question: str, told: str, *notes: str) -> View:
    name = ("england", topic)
    rows = context.ask(beside.parts_of_england, topic)
    if rows.empty:
        return View(name, question, empty="No such figures of England are loaded.")
    rows = rows.assign(category=[NUMBERED.sub("", str(one)) for one in rows["category"]])
    newest = rows[rows["period_end"] == rows["period_end"].max()]
    year = f"year to {newest['period_end'].iloc[0]:%B %Y}"
    source = context.source_of(PUBLICATION)
    return View(
        name=(*name, period(rows["period_end"])),
        question=question,
        answer=_answer(newest, told, year),
        chart=shares(
            newest,
            title=f"{question} England, {year}",
            empty="No such figures of England are loaded.",
            unit=UNIT,
            counted="incidents",
            words=context.figure_words(),
        ),
        table=table_of(_by_year(rows, context)),
        data=rows,
        notes=(OF_INCIDENTS, *notes, ROUNDED),
        source=source,
        short_source=short_source(source, year),
    )


def _answer(newest: pd.DataFrame, told: str, year: str) -> str:
    """'In the year to March 2025, 56.0% of missing incidents were of children aged 16 years and over and 43.8% …'"""
    largest = newest.dropna(subset=["share"]).sort_values("share", ascending=False).head(2)
    if largest.empty:
        return ""
    first, *others = [(short_value(float(row.share), 1, UNIT), _as_spoken(str(row.category))) for row in largest.itertuples()]
    said = listed([f"{first[0]} {told} {first[1]}", *(f"{share} {category}" for share, category in others)])
    return f"In England, in the {year}, {said}."


def _as_spoken(category: str) -> str:
    return category[:1].lower() + category[1:]


def _by_year(rows: pd.DataFrame, context: Context) -> list[dict[str, object]]:
    """One row per category with the number of incidents in each year; a dash where the year has no such category."""
    words = context.figure_words()
    order = rows.sort_values(["period_end", "position"], ascending=[False, True])["category"].unique()
    ends = sorted(rows["period_end"].unique())
    held = {(row["category"], row["period_end"]): row for row in rows.to_dict("records")}
    table = []
    for category in order:
        cells: dict[str, object] = {"Missing incidents": upper_first(category)}
        for end in ends:
            row = held.get((category, end))
            cells[f"March {pd.Timestamp(end).year}"] = (
                "–"
                if row is None
                else words[row["status"]].symbol
                if is_missing(row["amount"])
                else Number(number(row["amount"]))
            )
        table.append(cells)
    return table


@rests_on()
def newer_england(context: Context) -> tuple[str, str]:
    """England's newest year where forces do not reach it: what it says, and why forces have none; else nothing."""
    found = context.ask(beside.newer_nation, LEADING)
    if found.empty or found[["incidents", "looked_after"]].isna().any(axis=None):
        return "", ""
    row = found.iloc[0]
    per_child = row["incidents_per_child"]
    each = "" if is_missing(per_child) else f", {number(per_child, 1)} for each child who went missing"
    said = (
        f"In the year to {row['period_end']:%B %Y} England had {number(row['incidents'])} missing incidents among "
        f"{number(row['looked_after'])} looked-after children{each}."
    )
    return said, FORCES_LATER.format(reached=row["reached"].year, newest=row["period_end"].year)

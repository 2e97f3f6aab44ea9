"""England's detail: who the children are that go missing from care, for how long, and from where; England's newest year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter

import pandas as pd

from insight.charts.shares import shares
from insight.downloads.files import period
from insight.format import Words, is_missing, listed, lower_first, number, short_value, upper_first
from insight.queries import beside
from insight.records import named_rows, records
from insight.tables.model import Number, table_of
from insight.views.context import Context
from insight.views.selection import rests_on
from insight.views.view import View
from vocabulary import LEADING_MEASURE

NONE = "No such figures of England are loaded."
ROUNDED = "The Department for Education rounds these counts to the nearest 10. Nothing here is compared between forces."
OF_INCIDENTS = "One child can go missing many times, so these are shares of incidents and not of children."
OF_CHILDREN = "Each child is counted once, however often the child went missing."
PLACEMENTS = "From the 2024 release on, which covers 2020 and later, placements are grouped in another way than before."
AWAY = "Away without authorisation: not where the child should be, while it was known where the child was."
FORCES_LATER = "Forces' figures end in March {reached}: we have no council numbers for {newest}."
NUMBERED = re.compile(r"^\d+[a-z]?[.:] ")
OF_A_GROUP = re.compile(r"^\d+[a-z][.:] ")
SIDE = re.compile(r"^(Missing|Away) from placement (without authorisation )?")
INCIDENTS, CHILDREN = "incidents", "children"
TOTALS = "totals"
NONE_OF_THE_YEAR = Number("–")
KINDS = {"missing": "Missing", "away": "Away without authorisation"}


@dataclass(frozen=True)
class Detail:
    """A way in which England is broken down: its short name, what is counted, its question of each kind, and what an answer says.

    ``told`` stands between a share and a category: '56.0% of missing incidents were of children aged 16 years and over'.
    """

    name: str
    counted: str
    questions: dict[str, str]
    told: str
    notes: tuple[str, ...] = ()


TOPICS = {
    "age": Detail(
        "How old",
        INCIDENTS,
        {
            "missing": "How old are the children who go missing from care?",
            "away": "How old are the children who are away without authorisation?",
        },
        "were of children aged",
    ),
    "duration": Detail(
        "For how long",
        INCIDENTS,
        {"missing": "For how long are they missing?", "away": "For how long are they away without authorisation?"},
        "lasted",
    ),
    "placement": Detail(
        "From where",
        INCIDENTS,
        {
            "missing": "From which placements do they go missing?",
            "away": "From which placements are they away without authorisation?",
        },
        "were from",
        (PLACEMENTS,),
    ),
    "location": Detail(
        "In or out of area",
        INCIDENTS,
        {
            "missing": "Do they go missing from placements inside their council's area?",
            "away": "Are they away from placements inside their council's area?",
        },
        "were from placements",
    ),
    "sex": Detail(
        "Girls and boys",
        CHILDREN,
        {
            "missing": "How many girls and boys go missing from care?",
            "away": "How many girls and boys are away without authorisation?",
        },
        "were",
    ),
    "ethnic origin": Detail(
        "Ethnic origin",
        CHILDREN,
        {
            "missing": "What is the ethnic origin of the children who go missing from care?",
            "away": "What is the ethnic origin of the children who are away without authorisation?",
        },
        "were recorded as",
        ("How these shares stand to all looked-after children is not published here.",),
    ),
    TOTALS: Detail(
        "Year by year",
        CHILDREN,
        {
            "missing": "What else is published about children who go missing from care?",
            "away": "What else is published about children who are away without authorisation?",
        },
        "",
    ),
}
COUNTED = {
    ("missing", INCIDENTS): "missing incidents",
    ("missing", CHILDREN): "children who went missing",
    ("away", INCIDENTS): "incidents of being away",
    ("away", CHILDREN): "children who were away",
}


@rests_on()
def detail(context: Context, topic: str, kind: str = "missing") -> View:
    """England by one of ``TOPICS``: shares of the newest year as bars, every year as a table; totals as a table.

    Args:
        kind: of ``KINDS``.
    """
    one = TOPICS[topic]
    question = one.questions[kind]
    name = ("england", *(() if kind == "missing" else (kind,)), topic.replace(" ", "-"))
    rows = context.ask(beside.parts_of_england, topic, kind, one.counted)
    if rows.empty:
        return View(name, question, empty=NONE)
    groups = ~rows["category"].str.match(OF_A_GROUP)
    rows = rows.assign(category=[_named(str(category)) for category in rows["category"]])
    newest = rows[groups & (rows["period_end"] == rows["period_end"].max())]
    year = f"year to {newest['period_end'].iloc[0]:%B %Y}"
    source = context.source_of_rows(rows)
    unit = f"% of {COUNTED[kind, one.counted]}"
    counted = () if topic == TOTALS else (OF_INCIDENTS if one.counted == INCIDENTS else OF_CHILDREN,)
    title, words = f"{question} England, {year}", context.figure_words()
    chart = shares(newest, title=title, empty=NONE, unit=unit, counted=one.counted, words=words) if topic != TOTALS else None
    return View(
        name=(*name, period(rows["period_end"])),
        question=question,
        answer="" if topic == TOTALS else _answer(newest, COUNTED[kind, one.counted], one.told, unit, year),
        chart=chart,
        table=table_of(_by_year(rows, _heading(topic, kind), words)),
        data=rows,
        notes=(*counted, *one.notes, *([AWAY] if kind == "away" else []), ROUNDED),
        source=source,
        short_source=context.publishers_of(source, year),
    )


def _named(category: str) -> str:
    """A category without its number and what the question says; one name for what the publisher worded in two ways."""
    said = SIDE.sub("", NUMBERED.sub("", category)).replace(" at 31 March", " on 31 March")
    return upper_first(said.removeprefix("Total ")) if NUMBERED.match(category) else upper_first(said)


def _answer(newest: pd.DataFrame, of: str, told: str, unit: str, year: str) -> str:
    """'In the year to March 2025, 56.0% of incidents were of children aged 16 years and over and 43.8% of children aged …'"""
    largest = newest.dropna(subset=["share"]).nlargest(2, "share", keep="all")
    if largest.empty:
        return ""
    spoken = str if "ethnic origin" in set(newest["topic"]) else lower_first  # the name of a group keeps its capital
    first, *others = [(short_value(float(row.share), 1, unit), spoken(str(row.category))) for row in named_rows(largest)]
    again = told.removeprefix("were").strip()
    rest = [" ".join(part for part in (share, again, category) if part) for share, category in others]
    said = listed([f"{first[0]} of {of} {told} {first[1]}", *rest])
    return f"In England, in the {year}, {said}."


def _heading(topic: str, kind: str) -> str:
    return "Figure" if topic == TOTALS else upper_first(COUNTED[kind, TOPICS[topic].counted])


def _by_year(rows: pd.DataFrame, heading: str, words: Words) -> list[dict[str, object]]:
    """One row per category with its number in each year, the total last; a dash where the year has no such category."""
    order = _in_order(rows)
    ends = sorted(rows["period_end"].unique())
    held = {(row["category"], row["period_end"]): row for row in records(rows)}
    table = []
    for category in order:
        cells: dict[str, object] = {heading: category}
        for end in ends:
            row = held.get((category, end))
            cells[f"March {pd.Timestamp(end).year}"] = (
                NONE_OF_THE_YEAR
                if row is None
                else Number(words[row["status"]].symbol)
                if is_missing(row["amount"])
                else Number(_amount(str(category), float(row["amount"])))
            )
        table.append(cells)
    if heading != "Figure":
        of_year = rows.groupby("period_end")["total"].max()
        total = {f"March {pd.Timestamp(end).year}": Number(number(of_year[end])) for end in ends}
        table.append({heading: "Total", **total})
    return table


def _in_order(rows: pd.DataFrame) -> list[str]:
    """Categories in the newest year's order; one that it no longer has stands after the one that it used to follow."""
    order: list[str] = []
    for _, year in sorted(rows.groupby("period_end"), reverse=True, key=itemgetter(0)):
        place = 0
        for category in year.sort_values("position")["category"]:
            if category not in order:
                order.insert(place, category)
            place = order.index(category) + 1
    return order


def _amount(category: str, amount: float) -> str:
    """Averages have a decimal, percentages are whole, counts as they are."""
    if category.startswith("Percentage"):
        return short_value(amount, 0, "%")
    return number(amount, 1) if category.startswith("Average") else number(amount)


@rests_on()
def newer_england(context: Context) -> tuple[str, str]:
    """England's newest year where forces do not reach it: what it says, and why forces have none; else nothing."""
    found = context.ask(beside.newer_nation, LEADING_MEASURE)
    if found.empty or found["incidents"].isna().any():
        return "", ""
    row = found.iloc[0]
    per_child = row["incidents_per_child"]
    each = "" if is_missing(per_child) else f", an average of {number(per_child, 1)} for each child who went missing"
    said = (
        f"In the year to {row['period_end']:%B %Y} England had {number(row['incidents'])} missing incidents{each}; "
        "we do not have the number of children."
    )
    return said, FORCES_LATER.format(reached=row["reached"].year, newest=row["period_end"].year)

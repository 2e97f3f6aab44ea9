"""What the views of one selection read: the forces and areas of its measure and year, words, sources, notes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from insight import notes
from insight.findings import Finding, findings_of
from insight.format import (
    DOUBT_MARK,
    Words,
    is_lower_bound,
    is_missing,
    label_of,
    listed,
    reason_to_doubt,
    short_value,
    words_from,
)
from insight.over_time.series import with_roles
from insight.profile.profile import Profile
from insight.profile.reading import gather
from insight.queries import about, figures, inspections
from insight.queries.ask import Ask
from insight.records import records
from insight.sources import copies_sentence, dates_line, reporters_caution, reporters_line, short_source, source_line
from insight.verdicts import has_verdicts
from insight.views.selection import Measure, Selection
from vocabulary import AreaLevel, BreakKind, Status

ENGLAND = "E92000001"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words, sources and notes of one build, whatever is selected."""

    ask: Ask

    def figure_words(self) -> Words:
        """Labels and symbols of figure statuses."""
        return words_from(self.ask(figures.statuses))

    def grade_words(self) -> Words:
        """Labels and symbols of grade statuses."""
        return words_from(self.ask(inspections.grade_statuses))

    def figure_label(self, figure_id: str) -> str:
        """What a base figure counts."""
        frame = self.ask(about.figures)
        return str(frame.loc[frame["figure_id"] == figure_id, "label"].iloc[0])

    def source_of(self, *publications: str) -> str:
        """The source line of some publications, the newest release of each."""
        sources = self.ask(about.sources)
        kept = sources[sources["publication"].isin(publications)]
        return source_line(kept.sort_values("release").drop_duplicates("publication", keep="last"))

    def source_of_rows(self, rows: pd.DataFrame) -> str:
        """The source line of the releases that rows with a ``source_id`` were read from."""
        sources = self.ask(about.sources)
        return source_line(sources[sources["source_id"].isin(rows["source_id"])])

    def publishers_of(self, source: str, period: str = "") -> str:
        """'DfE and ONS, year to March 2024': who published what a source line names, in short."""
        return short_source(source, self.ask(about.publishers), period)

    def source_of_figures(self, measure_ids: Collection[str] | None = None) -> str:
        """The source line of these measures, or of every measure: the newest release of each publication of figures."""
        measures, of_figure = self.ask(figures.measures), self.ask(about.figures).set_index("figure_id")["publication"]
        measures = measures if measure_ids is None else measures[measures["measure_id"].isin(measure_ids)]
        used = pd.concat([measures["numerator"], measures["denominator"]]).dropna().map(of_figure)
        return self.source_of(*used.unique())

    def source_of_grades(self, rows: pd.DataFrame, what: str = "grades") -> str:
        """The source line of the grades that a view shows, who reported them first."""
        sources = self.ask(about.sources)
        line = source_line(sources[sources["publication"].isin(["peel_grades", "peel_grade_counts"])])
        told = reporters_line(rows, what)
        said = [f"{told}." if told else "", copies_sentence(rows, what), line, "Each grade links to the page it was read from."]
        return " ".join(filter(None, said))

    def grades_told(self, rows: pd.DataFrame, what: str = "grades") -> dict[str, Any]:
        """``source``, ``short_source`` and ``cautions`` of a view that shows these grades: who reported them, told truly.

        ``what``: what a row is, in the plural, where it is more than one grade.
        """
        short = reporters_line(rows, what) or "HMICFRS"
        return {"source": self.source_of_grades(rows, what), "short_source": short, "cautions": reporters_caution(rows, what)}

    def grades_of(self, question: str) -> pd.DataFrame:
        """Every force's grades on a question, every cycle."""
        grades = self.ask(inspections.grades, None, None)
        return grades[grades["question"] == question]

    def source_of_protection(self) -> str:
        """The source line of child protection inspections and monitoring."""
        sources = self.ask(about.sources)
        return source_line(sources[sources["publication"].isin(["child_protection_inspections", "monitoring_events"])])

    def dates_told(self, short: str, kinds: Iterable[Any]) -> dict[str, Any]:
        """``source`` and ``short_source`` of a view that shows dates of inspections and monitoring: who told them, truly.

        ``short``: the short line where HMICFRS told every one. ``kinds``: the ``source_kind`` of each date.
        """
        told = dates_line(short, kinds)
        rest = told.removeprefix(short).removeprefix("; ")
        return {"source": " ".join(filter(None, [self.source_of_protection(), rest and f"{rest}."])), "short_source": told}


@dataclass(frozen=True, eq=False)
class Context(Vocabulary):
    """What one selection's views read; ``ask`` asks each question once a build.

    ``profile_of`` and ``found_in``: the profile of a force, and what is found in it, by its code and the year after which nothing
    is known (None: the newest of everything), from memory; without them each view makes its own.
    """

    selection: Selection
    profile_of: Callable[[str, date | None], Profile] | None = None
    found_in: Callable[[str, date | None], Sequence[Finding]] | None = None

    def profile(self, *, newest: bool = False) -> Profile:
        """All facts about the force: the newest of everything, or as it was in an earlier year that was selected.

        ``newest``: the newest of everything, whatever year is selected.
        """
        code, until = self._known(newest)
        return gather(self.ask, code, until) if self.profile_of is None else self.profile_of(code, until)

    def findings(self, *, newest: bool = False) -> list[Finding]:
        """What is found in the profile, the most severe first."""
        return findings_of(self.profile(newest=newest)) if self.found_in is None else list(self.found_in(*self._known(newest)))

    def _known(self, newest: bool) -> tuple[str, date | None]:
        return self.selection.force.code, None if newest or self.selection.newest else self.selection.period_end

    @property
    def measure(self) -> Measure:
        """The selected measure."""
        return self.selection.measure

    def drawn(self) -> dict[str, Any]:
        """What a chart of the measure is given: the reader's force, unit, decimals and the words of statuses."""
        return {
            "my_force": self.selection.force.code,
            "unit": self.measure.unit,
            "decimals": self.measure.decimals,
            "words": self.figure_words(),
        }

    def forces(self) -> pd.DataFrame:
        """All forces in the selected measure and year."""
        return self.ask(figures.forces_in_year, self.measure.measure_id, self.selection.period_end)

    def covered_forces(self) -> pd.DataFrame:
        """Those that the measure covers."""
        frame = self.forces()
        return frame[frame["status"] != Status.NOT_COVERED]

    def forces_the_year_before(self) -> pd.DataFrame:
        """All forces in the year before; no rows where the measure does not have it, or its series breaks between the two."""
        before = [year for year in self.selection.years if year.year == self.selection.period_end.year - 1]
        if not before or not self.breaks_this_year().empty:
            return self.forces().head(0)
        return self.ask(figures.forces_in_year, self.measure.measure_id, before[0])

    def areas(self) -> pd.DataFrame:
        """Regions and England in the selected measure and year."""
        return self.ask(figures.areas_in_year, self.measure.measure_id, self.selection.period_end)

    def own_row(self) -> dict[str, Any]:
        """The selected force's row; of one that stands apart its own figure, compared with nothing."""
        frame = self.forces()
        row = frame[frame["area_code"] == self.selection.force.code].iloc[0].to_dict()
        return {**row, **(self._own_apart() or {})}

    def nation_row(self) -> dict[str, Any] | None:
        """England's row, or that of the country whose publisher counts the selected force's figure; or None."""
        frame, code = self.areas(), ENGLAND if self._own_apart() is None else self.selection.force.country_code
        nation = frame[frame["area_code"] == code]
        return None if nation.empty else nation.iloc[0].to_dict()

    def _own_apart(self) -> dict[str, Any] | None:
        """The selected force's figure of the year where another country's publisher counts it."""
        frame = self.ask(figures.series, self.measure.measure_id)
        mine = frame[(frame["area_code"] == self.selection.force.code) & frame["apart"]]
        mine = mine[mine["period_end"] == pd.Timestamp(self.selection.period_end)]
        return None if mine.empty else mine.iloc[0].to_dict()

    def comparison(self) -> pd.DataFrame:
        """What comparisons of the measure and year rest on; one row or none."""
        return self.ask(figures.comparison, self.measure.measure_id, self.selection.period_end)

    @property
    def first_forces(self) -> list[str]:
        """Codes of the forces that come first wherever forces are listed: the own one, then those chosen to compare with."""
        return [self.selection.force.code, *self.selection.compared]

    def pinned_first(self, codes: Iterable[str]) -> list[str]:
        """Codes of forces with those that come first in front, the others in their order."""
        first = self.first_forces
        return sorted(codes, key=lambda code: first.index(code) if code in first else len(first))

    def pinned(self, frame: pd.DataFrame, code: str = "area_code") -> pd.DataFrame:
        """The rows with the own force first, then those chosen to compare with; ``pinned`` is their place, missing for others."""
        place = frame[code].map({force: place for place, force in enumerate(self.first_forces)})
        return frame.assign(pinned=place).sort_values("pinned", kind="stable", na_position="last")

    def chosen_first(self, frame: pd.DataFrame, code: str = "force_code") -> pd.DataFrame:
        """The rows in the order of ``pinned``, and nothing beside them."""
        return self.pinned(frame, code).drop(columns="pinned")

    def average(self) -> dict[str, Any] | None:
        """The average of the forces compared, as a reference line, or None."""
        rest = self.comparison()
        if rest.empty:
            return None
        name = f"Average of {rest.iloc[0]['forces_compared']} forces"
        return {"area_name": name, "area_level": "average", "value": float(rest.iloc[0]["average"])}

    def reference_lines(self) -> pd.DataFrame:
        """England, the force's region, and the average that verdicts rest on where it is another figure than England's.

        None for a count: England's would press the forces' bars flat and says nothing of any of them.
        """
        frame = self.areas()
        if not has_verdicts(self.measure.row):
            return frame.head(0)[["area_name", "area_level", "value"]]
        mine = frame["area_code"].isin([ENGLAND, self.selection.force.country_code, self.selection.force.region_code])
        kept = frame[mine & frame["value"].notna() & ~frame["apart"]]
        kept = kept.assign(area_name=kept["area_label"])[["area_name", "area_level", "value"]]
        average, nation = self.average(), self.nation_row()
        if average is None:
            return kept
        if nation is not None and self._amount(average["value"]) == self._amount(nation["value"]):
            both = f"{nation['area_name']}, and average of forces"
            return kept.assign(area_name=kept["area_name"].mask(kept["area_level"] == AreaLevel.COUNTRY, both))
        return pd.concat([kept, pd.DataFrame([average])], ignore_index=True)

    def not_ranked(self) -> list[str]:
        """Codes of forces that are shown but never ranked."""
        frame = self.forces()
        return frame.loc[frame["unranked_because"].notna(), "area_code"].tolist()

    def breaks(self) -> pd.DataFrame:
        """Where the measure's series breaks."""
        frame = self.ask(figures.breaks, self.measure.measure_id)
        return frame[frame["kind"] == BreakKind.BREAK]

    def breaks_this_year(self) -> pd.DataFrame:
        """Breaks of the whole measure with the selected year, so that it cannot be compared with the year before."""
        frame = self.breaks()
        starts = pd.to_datetime(frame["starts"]) == pd.Timestamp(self.selection.period_end)
        return frame[frame["area_code"].isna() & starts]

    def series(self, as_of: str = "") -> pd.DataFrame:
        """Every force's series with the part that each plays, as known today or at an earlier release."""
        measure_id, chosen = self.measure.measure_id, self.selection
        frame = self.ask(figures.series_as_of, measure_id, as_of) if as_of else self.ask(figures.series, measure_id)
        if "apart" not in frame:  # an earlier release has no other country's figures
            return with_roles(frame, chosen.force.code, chosen.force.region_code, ENGLAND, list(chosen.compared))
        mine = frame["area_code"].isin([chosen.force.code, chosen.force.country_code])
        if frame.loc[mine, "apart"].any():
            return with_roles(frame[mine], chosen.force.code, None, chosen.force.country_code, [])
        return with_roles(frame[~frame["apart"]], chosen.force.code, chosen.force.region_code, ENGLAND, list(chosen.compared))

    def source(self, every_year: bool = False) -> str:
        """The source line of the measure, of the selected year or of all."""
        year = None if every_year else self.selection.period_end
        return source_line(self.ask(figures.sources_of_measure, self.measure.measure_id, year))

    def short_source(self, years: str = "") -> str:
        """'DfE, year to March 2024': publishers of the measure and the selected year, or ``years``."""
        period = years or f"year to {self.selection.period_end:%B %Y}"
        return self.publishers_of(self.source(every_year=bool(years)), period)

    def not_drawn(self, codes: Collection[str], said: str = "Not drawn") -> str:
        """'Not drawn: City of London (suppressed) and South Wales (not covered).': which forces a picture lacks, and why."""
        frame, words = self.forces(), self.figure_words()
        named = [
            f"{row['area_name']} ({_why_not_drawn(row, words)})"
            for row in records(self.pinned(frame[frame["area_code"].isin(codes)]))
        ]
        return f"{said}: {listed(named)}." if named else ""

    def without_a_figure(self, frame: pd.DataFrame) -> list[str]:
        """Codes of the chosen forces that have no value among these rows of areas."""
        held = set(frame.loc[frame["value"].notna(), "area_code"])
        return [code for code in self.selection.compared if code not in held]

    def hidden_note(self) -> str:
        """How many figures are suppressed or missing, in words."""
        return notes.hidden_note(self.forces(), self.figure_words())

    def comparison_note(self) -> str:
        """Who is in the average and what a verdict means."""
        return notes.comparison_note(self.comparison(), self.measure.row)

    def doubt_notes(self) -> list[str]:
        """Why figures of the year are doubtful, with the mark that they carry."""
        return notes.doubt_notes(self.forces())

    def unranked_notes(self) -> list[str]:
        """Why a force is shown but never ranked."""
        return notes.unranked_notes(self.forces(), self.comparison())

    def break_notes(self, every_force: bool = False) -> list[str]:
        """Breaks of the measure everywhere, and doubtful figures of the forces that are shown, or of every force."""
        frame, chosen = self.ask(figures.breaks, self.measure.measure_id), self.selection
        shown = frame["area_code"].isna() | frame["area_code"].isin([chosen.force.code, *chosen.compared])
        return notes.break_notes(frame if every_force else frame[shown], self.measure.publication)

    def _amount(self, value: Any) -> str:
        return "" if is_missing(value) else short_value(float(value), self.measure.decimals, self.measure.unit)


def _why_not_drawn(row: dict[str, Any], words: Words) -> str:
    if is_missing(row["value"]):
        return label_of(str(row["status"]), words).lower()
    if is_lower_bound(row):
        return "a minimum"
    return f"doubtful {DOUBT_MARK}" if reason_to_doubt(row) else label_of(Status.NOT_COVERED, words).lower()

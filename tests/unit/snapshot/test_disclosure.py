"""Ways to a hidden figure through base figures, each in a small country of made-up numbers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from insight.snapshot.disclosure.feasible_intervals import close
from insight.snapshot.disclosure.published_gaps import Leak, Way, leaks_of
from insight.snapshot.disclosure.published_sums import few
from insight.snapshot.tables import Places, Table, around, tables_of

PLACES = Places(forces={"F1": ("A", "B", "C"), "F2": ("D", "E")}, regions={"R1": ("A", "B", "C"), "R2": ("D", "E")}, nation="N")


def table(figure: str = "children_missing", release: str = "2024", **cells: object) -> Table:
    """A table of two regions in which everything is seen; ``A=None`` hides an authority, ``R1=…`` prints a total."""
    made = Table(figure, "2024-03-31", release, rounded=True)
    for area, value in ({"A": 20, "B": 30, "C": 40, "D": 50, "E": 60} | cells).items():
        if area in "ABCDE" and value is None:
            made.hidden[area] = "suppressed"
        elif area in "ABCDE" and value == "withheld":
            made.hidden[area] = "withheld"
        elif area in "ABCDE":
            made.seen[area] = int(str(value))
        elif value is not None:
            made.totals[area] = int(str(value))
    return made


def ways(*tables: Table) -> list[Way]:
    return [leak.way for leak in leaks_of(list(tables), PLACES)]


@pytest.mark.parametrize(
    ("possible", "expected"), [((1, 5), False), ((1, 3), False), ((1, 2), True), ((3, 3), True), ((0, 9), False), ((4, 3), False)]
)
def test_fewer_than_three_possible_numbers_are_too_few(possible: tuple[float, float], expected: bool) -> None:
    assert few(possible) is expected


def test_a_rounded_total_stands_for_ten_numbers() -> None:
    assert around(70, True) == (65, 74)
    assert around(0, True) == (0, 4)
    assert around(71, False) == (71, 71)


def test_nothing_hidden_gives_nothing_away() -> None:
    assert ways(table(R1=90, R2=110, N=200, F1=90, F2=110)) == []


def test_a_region_less_its_authorities_pins_one_hidden_figure() -> None:
    # 72 seen; a total printed as 70 is at most 74, which leaves 1 or 2.
    (leak,) = leaks_of([table(A=None, B=32, R1=70)], PLACES)
    assert leak.way == Way.REGION
    assert [cell.area_code for cell in leak.withhold] == ["R1"]


def test_rounding_may_leave_enough_numbers() -> None:
    assert ways(table(A=None, B=32, R1=70)) == [Way.REGION]  # 72 seen: 1 or 2
    assert ways(table(A=None, B=31, R1=70)) == []  # 71 seen: 1 to 3
    assert ways(table(A=None, B=35, R1=80)) == []  # 75 seen: 0 to 9


def test_two_hidden_figures_shelter_each_other_unless_their_sum_is_small() -> None:
    assert ways(table(A=None, B=None, C=44, R1=50)) == []  # 1 to 10 for the two
    assert ways(table(A=None, B=None, C=51, R1=50)) == [Way.REGION, Way.REGION]  # at most 3 for the two


def test_an_unrounded_total_gives_a_hidden_figure_away_exactly() -> None:
    exact = replace(table(A=None, R1=73), rounded=False)
    assert ways(exact) == [Way.REGION]


def test_a_withheld_region_is_not_found_again_from_england() -> None:
    # England is at most 194, and 192 are seen.
    assert ways(table(A=None, B=42, R2=110, N=190)) == [Way.NATION]


def test_england_may_stay_where_it_leaves_enough() -> None:
    assert ways(table(A=None, B=35, R2=110, N=190)) == []


def test_a_force_that_is_more_than_what_is_seen_of_it_gives_the_rest_away() -> None:
    leaks = leaks_of([table(A=None, F1=73)], PLACES)
    assert [(leak.way, leak.withhold[0].area_code) for leak in leaks] == [(Way.FORCE, "F1")]


def test_a_force_that_is_just_what_is_seen_of_it_says_nothing() -> None:
    assert ways(table(A=None, F1=70)) == []


def test_what_the_newest_release_hides_must_not_stand_in_an_earlier_one() -> None:
    leaks = leaks_of([table(release="2023"), table(release="2024", A=None)], PLACES)
    assert [(leak.way, leak.withhold[0].release, leak.withhold[0].area_code) for leak in leaks] == [
        (Way.OTHER_RELEASE, "2023", "A")
    ]


def test_what_the_newest_release_shows_is_free_in_all() -> None:
    assert ways(table(release="2023", A=None), table(release="2024")) == []


def test_our_own_withholding_is_not_undone_by_the_force() -> None:
    leaks = leaks_of([table(A="withheld", F1=90)], PLACES)
    assert [(leak.way, leak.withhold[0].area_code) for leak in leaks] == [(Way.FORCE, "B")]  # the smallest other


def test_a_force_of_one_authority_is_withheld_with_it() -> None:
    alone = Places(forces={"F1": ("A",)}, regions={"R1": ("A", "B")}, nation="N")
    leaks = leaks_of([table(A="withheld", F1=20)], alone)
    assert [leak.withhold[0].area_code for leak in leaks] == ["F1"]


def family(incidents: object, repeated: object) -> list[Leak]:
    return leaks_of(
        [
            table("missing_incidents", A=incidents),
            table("children_missing"),
            table("children_missing_more_than_once", A=repeated),
        ],
        PLACES,
    )


def test_incidents_less_children_bound_those_missing_more_than_once() -> None:
    # 20 children, 22 incidents: at most two of them went missing more than once.
    (leak,) = family(22, None)
    assert leak.way == Way.FAMILY
    assert leak.withhold[0].figure_id == "missing_incidents"


def test_many_incidents_bound_nothing() -> None:
    assert family(25, None) == []
    assert family(22, 2) == []


def test_tables_are_made_of_rows_and_know_whether_totals_are_rounded() -> None:
    rows = pd.DataFrame(
        [
            ("f", "2024-03-31", "2024", "A", "local_authority", None, "suppressed"),
            ("f", "2024-03-31", "2024", "B", "local_authority", 7, "reported"),
            ("f", "2024-03-31", "2024", "C", "local_authority", None, "not_applicable"),
            ("f", "2024-03-31", "2024", "R1", "region", 10, "reported"),
            ("g", "2024-03-31", "2024", "R1", "region", 13, "reported"),
        ],
        columns=["figure_id", "period_end", "release", "area_code", "area_level", "value", "status"],
    )
    first, second = tables_of(rows, ["suppressed", "withheld"])
    assert (first.seen, first.hidden, first.totals, first.rounded) == ({"B": 7}, {"A": "suppressed"}, {"R1": 10}, True)
    assert second.rounded is False


NESTED = Places(
    forces={"F1": ("A",), "F2": ("B", "D"), "F3": ("C", "E")},
    regions={"R1": ("A", "B", "C", "D", "E"), "INNER": ("A", "B"), "OUTER": ("C", "D", "E")},
    nation="N",
)


def test_a_part_of_a_region_pins_a_hidden_figure_and_so_does_the_region_less_the_other_part() -> None:
    (leak,) = leaks_of([table(A=None, B=32, INNER=30)], NESTED)  # 32 seen: 1 or 2
    assert leak.withhold[0].area_code == "INNER"
    # Outer has a hidden part of its own, so that only region less outer bounds inner: 184 - 145 - 39 = 0.
    found = leaks_of([table(A=None, B=39, C=None, R1=180, OUTER=150)], NESTED)
    assert {leak.hidden.area_code for leak in found} >= {"A"}


def test_england_less_every_authority_pins_a_hidden_figure_though_no_region_is_printed() -> None:
    (leak,) = leaks_of([table(A=None, B=42, N=190)], PLACES)  # 192 seen: 1 or 2
    assert (leak.way, leak.withhold[0].area_code) == (Way.NATION, "N")


def test_the_exact_sum_of_what_is_withheld_in_a_force_counts_with_every_total_above_it() -> None:
    # B and D are withheld; their force gives 80 for the two, so that region less the rest leaves at most 2 for A.
    found = leaks_of([table(A=None, B="withheld", D="withheld", F2=80, C=42, E=60, R1=180)], NESTED)
    assert [(leak.hidden.area_code, leak.withhold[0].area_code) for leak in found] == [("A", "R1")]


def test_what_is_withheld_is_withheld_in_every_release_that_prints_it() -> None:
    # Only the release of 2024 gives A away; the region stands unrevised in 2023.
    tables = [table(release="2023", A=None, B=35, R1=80), table(release="2024", A=None, B=32, R1=70)]
    tables[0].totals["R1"] = 80
    assert {(cell.release, cell.area_code) for cell in close(tables, PLACES)} == {("2023", "R1"), ("2024", "R1")}
    assert leaks_of(tables, PLACES) == []


def test_a_total_that_need_not_be_withheld_is_given_back() -> None:
    tables = [table(A=None, B=32, R1=70, R2=110, N=250)]
    assert {cell.area_code for cell in close(tables, PLACES)} <= {"R1", "N"}
    assert tables[0].totals["R2"] == 110


def test_nobody_more_than_once_says_that_incidents_are_as_many_as_children() -> None:
    others = {"children_missing": {}, "children_missing_more_than_once": {"A": 0}}
    (leak,) = leaks_of([table("missing_incidents", A=None), *(table(name, **seen) for name, seen in others.items())], PLACES)
    assert (leak.way, leak.hidden.figure_id) == (Way.FAMILY, "missing_incidents")
    assert leak.withhold[0].figure_id == "children_missing_more_than_once"
    others = {"missing_incidents": {}, "children_missing_more_than_once": {"A": 0}}
    (leak,) = leaks_of([table("children_missing", A=None), *(table(name, **seen) for name, seen in others.items())], PLACES)
    assert leak.hidden.figure_id == "children_missing"


def test_a_hidden_figure_is_never_nothing() -> None:
    # 20 children, 22 incidents: one or two more than once, for a zero would be printed.
    assert [leak.way for leak in family(22, None)] == [Way.FAMILY]
    assert family(23, None) == []

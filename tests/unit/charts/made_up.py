"""Frames about forces that do not exist: no name, code or figure here belongs to a real one."""

from collections.abc import Callable

import pandas as pd

NAMES = (
    "Exampleshire",
    "Samplebury",
    "Mockford",
    "Testmouth",
    "Dummyton",
    "Specimen Valley",
    "Fictionham",
    "Inventon & Makeup",
    "Pretendshire",
    "Placeholder Vale",
)

LIMITS = pd.DataFrame(
    [
        {"limit": limit, "size": size, "value": 10 + sign * reach * 100 / size}
        for limit, sign, reach in (("lower_998", -1, 3), ("lower_95", -1, 2), ("upper_95", 1, 2), ("upper_998", 1, 3))
        for size in (100, 200, 400, 800)
    ]
)

BOX = {"minimum": 1.0, "p5": 1.5, "p25": 3.0, "p50": 5.0, "p75": 7.0, "p95": 8.5, "maximum": 9.0}

MEASURES = pd.DataFrame(
    {"measure_id": ["a", "b"], "short_title": ["Alpha share", "Beta rate"], "unit": ["% of x", "per 1,000"], "decimals": [1, 0]}
)

CYCLES = pd.DataFrame(
    {
        "cycle": ["2014", "2015", "2016", "2021/22"],
        "position": [1, 2, 3, 4],
        "comparable_with_previous": pd.array([None, True, True, False], dtype="boolean"),
    }
)
QUESTIONS = pd.DataFrame(
    {"question": ["Effect", "Care", "Never asked"], "position": [1, 2, 3], "short_title": ["Effect", "Care", "Never"]}
)

BREAK = pd.DataFrame([{"starts": "2017-03-31", "area_code": None, "reason": "Absent children are counted from here on."}])


def code(index: int) -> str:
    return f"X{index + 1:07d}"


def ranks() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": ["X0000001", "X0000002", "X0000003", "X0000004"],
            "area_name": ["Exampleshire", "Samplebury", "Mockford", "Testmouth"],
            "rank": pd.array([3, 1, 2, None], dtype="Int64"),
            "rank_lower": pd.array([2, 1, 1, None], dtype="Int64"),
            "rank_upper": pd.array([3, 2, 3, None], dtype="Int64"),
        }
    )


def rug_frame(forces: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    one = forces([10, 20, None], verdict=["About average", "Unusually high (99.8%)", "Not compared"], recent_trend="Increasing")
    two = forces([100, 200, 300], verdict="Below average", recent_trend=["Decreasing", "No significant change", None])
    return pd.concat([one.assign(measure_id="a"), two.assign(measure_id="b", hidden_parts=[0, 0, 1])])


def held(*grades: tuple[str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "question": question,
                "cycle": cycle,
                "grade": grade,
                "status": "graded" if grade else "not_found",
                "published": "2016-02",
            }
            for question, cycle, grade in grades
        ]
    )


EVERY = held(
    ("Effect", "2014", "Good"),
    ("Effect", "2015", "Inadequate"),
    ("Effect", "2016", "Good"),
    ("Effect", "2021/22", "Adequate"),
    ("Care", "2014", "Good"),
    ("Care", "2015", None),
    ("Care", "2016", "Good"),
)

COUNTS = pd.DataFrame(
    [
        {"question": "Care", "grade": "Inadequate", "status": "graded", "forces": 2},
        {"question": "Care", "grade": "Good", "status": "graded", "forces": 5},
        {"question": "Care", "grade": None, "status": "not_found", "forces": 3},
        {"question": "Effect", "grade": "Good", "status": "graded", "forces": 10},
        {"question": "Effect", "grade": "Adequate", "status": "graded", "forces": 0},
    ]
)


def event(row: str, kind: str, start: str, end: str | None = None, shape: str = "event", **more) -> dict:
    stamps = {"start": pd.Timestamp(start), "end": pd.Timestamp(end or start)}
    return {"row": row, "kind": kind, "shape": shape, "detail": "made up", **stamps, **more}


EVENTS = pd.DataFrame(
    [
        event("Exampleshire", "Inspection", "2022-03-01", "2022-03-31"),
        event("Exampleshire", "Review", "2023-04-11"),
        event("Samplebury", "Inspection", "2021-05-02"),
        event("Samplebury", "Watched", "2021-01-01", "2024-05-21", "spell", certain_from=pd.Timestamp("2021-12-31")),
    ]
)

AUDITS = pd.DataFrame(
    [
        {
            "force_code": "X0000001",
            "label": "Exampleshire, inspection, March 2022",
            "audited": 40,
            "good": 10,
            "requires_improvement": 10,
            "inadequate": 20,
            "good_lower_95": 14.0,
            "good_upper_95": 40.0,
            "inadequate_lower_95": 36.0,
            "inadequate_upper_95": 66.0,
        },
        {
            "force_code": "X0000002",
            "label": "Samplebury, review, May 2023",
            "audited": 20,
            "good": 10,
            "requires_improvement": 5,
            "inadequate": 4,
        },
    ]
)

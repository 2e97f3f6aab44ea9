"""Colours: contrast, greyscale, colour blindness, and no red or green where a measure has no polarity."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from insight.charts import marks, palette
from insight.charts.key import key_text
from insight.charts.model.common import KeyItem
from insight.charts.palette import GRADES, SEQUENCE, STATUSES, VERDICTS
from insight.glossary import MARKS
from insight.statistics import FunnelFlag, Level, Verdict
from insight.verdicts import with_level
from tests.unit.charts.colours import SIGHT, ciede2000, contrast, red_or_green, seen

PROJECT = Path(__file__).parents[3]
REFERENCE = PROJECT / "data" / "reference"
WITH_THE_BLUE = (
    ".streamlit/config.toml", "ui/name.svg", "ui/shield.svg", "ui/templates/frame.css", "insight/snapshot/static/site.css",
    "insight/snapshot/static/icon.svg",
)  # fmt: skip
NEUTRAL = (
    "Unusually high (99.8%)", "Unusually high (95%)", "Above average", "About average", "Below average", "Unusually low (95%)",
    "Unusually low (99.8%)",
)  # fmt: skip
WITH_POLARITY = (
    "Unusually better (99.8%)", "Unusually better (95%)", "Better than average", "About average", "Worse than average",
    "Unusually worse (95%)", "Unusually worse (99.8%)",
)  # fmt: skip

# One CIEDE2000 unit is what an eye just tells apart in patches that touch; tiles and legend entries lie apart and are small,
# for which studies of marks in charts find several units. Ten leaves a wide margin, and marks and letters come on top.
CLEARLY_DIFFERENT = 10


def test_the_colour_difference_is_the_published_one() -> None:
    """Two pairs of the published test data of CIEDE2000, one of them where hue wraps round."""
    assert ciede2000(np.array([50, 2.6772, -79.7751]), np.array([50, 0, -82.7485])) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000(np.array([50, 2.49, -0.001]), np.array([50, -2.49, 0.0009])) == pytest.approx(7.1792, abs=1e-4)


@pytest.mark.parametrize("style", [*GRADES.values(), *VERDICTS.values(), *STATUSES.values()])
def test_text_on_every_style_is_legible(style: palette.Style) -> None:
    assert contrast(style.fill, style.text) >= 4.5
    if style.pattern:
        assert contrast(palette.HATCH, style.text) >= 4.5


@pytest.mark.parametrize("shade", range(1, len(SEQUENCE) + 1))
def test_text_on_every_shade_is_legible(shade: int) -> None:
    style = palette.shade_style(shade)
    assert contrast(style.fill, style.text) >= 4.5


@pytest.mark.parametrize("colour", [palette.INK, palette.MUTED, palette.ACCENT])
def test_text_colours_are_legible_on_white_and_on_bands(colour: str) -> None:
    for ground in (palette.WHITE, palette.BAND):
        assert contrast(colour, ground) >= 4.5


def test_outlines_and_compared_forces_stand_out_from_white() -> None:
    for colour in (palette.RULE, palette.COMPARED, palette.ACCENT):
        assert contrast(colour, palette.WHITE) >= 3


def test_shades_darken_step_by_step() -> None:
    lightness = [seen(colour, "full")[0] for colour in SEQUENCE]
    assert all(before - after > 5 for before, after in itertools.pairwise(lightness))


@pytest.mark.parametrize("styles", [GRADES, {word: VERDICTS[word] for word in NEUTRAL}])
def test_greyscale_keeps_categories_apart(styles: dict[str, palette.Style]) -> None:
    """A diverging scale is dark at both ends, so lightness is not monotone; it differs between every two all the same."""
    lightness = sorted(seen(style.fill, "full")[0] for style in styles.values())
    assert all(after - before >= 8 for before, after in itertools.pairwise(lightness))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(
    "styles", [GRADES, {word: VERDICTS[word] for word in NEUTRAL}, {word: VERDICTS[word] for word in WITH_POLARITY}]
)
def test_every_eye_tells_the_categories_apart(sight: str, styles: dict[str, palette.Style]) -> None:
    for (one, a), (other, b) in itertools.combinations(styles.items(), 2):
        difference = ciede2000(seen(a.fill, sight), seen(b.fill, sight))
        assert difference >= CLEARLY_DIFFERENT, f"{one} and {other} look alike: {difference:.1f}"


@pytest.mark.parametrize("sight", SIGHT)
def test_my_force_differs_from_other_forces_for_every_eye(sight: str) -> None:
    for other in (palette.OTHER, palette.COMPARED):
        assert ciede2000(seen(palette.ACCENT, sight), seen(other, sight)) >= CLEARLY_DIFFERENT


@pytest.mark.parametrize("word", [word for word in VERDICTS if word not in WITH_POLARITY[:3] + WITH_POLARITY[4:]])
def test_no_red_or_green_without_polarity(word: str) -> None:
    assert not red_or_green(VERDICTS[word].fill)


@pytest.mark.parametrize("colour", [*SEQUENCE, palette.ACCENT, palette.COMPARED, palette.OTHER])
def test_no_red_or_green_for_values(colour: str) -> None:
    assert not red_or_green(colour)


def test_polarity_has_colours_of_its_own() -> None:
    neutral = {VERDICTS[word].fill for word in NEUTRAL} - {VERDICTS["About average"].fill}
    assert not neutral & {VERDICTS[word].fill for word in WITH_POLARITY}


def test_strength_direction_and_polarity_show_without_colour() -> None:
    for words in (NEUTRAL, WITH_POLARITY):
        assert len({VERDICTS[word].mark for word in words}) == len(words)


def test_every_verdict_and_flag_has_a_style() -> None:
    shown = {with_level(verdict, level) for verdict in Verdict for level in (Level if "Unusually" in verdict else (None,))}
    assert set(VERDICTS) == shown | set(FunnelFlag)


def test_similar_and_not_compared_are_not_the_same() -> None:
    similar, not_compared = VERDICTS["About average"], VERDICTS["Not compared"]
    assert similar.fill != not_compared.fill == palette.WHITE
    assert contrast(not_compared.outline, palette.WHITE) >= 3


def test_each_status_has_a_look_of_its_own() -> None:
    assert len({(style.pattern, style.outline) for style in STATUSES.values()}) == len(STATUSES)


def test_letters_and_statuses_are_those_of_the_reference() -> None:
    scale = yaml.safe_load((REFERENCE / "grade_scale.yaml").read_text(encoding="utf-8"))
    assert {row["grade"]: row["letter"] for row in scale} == {grade: style.mark for grade, style in GRADES.items()}
    assert [row["grade"] for row in sorted(scale, key=lambda row: row["order"])] == list(GRADES)
    statuses = yaml.safe_load((REFERENCE / "statuses.yaml").read_text(encoding="utf-8"))
    named = {row["status"] for group in statuses.values() for row in group} - {"reported", "graded"}
    assert named == set(STATUSES)


@pytest.mark.parametrize("status", STATUSES)
def test_a_table_cell_shows_a_status_like_a_chart_does(status: str, words: dict) -> None:
    cell = palette.grade_cell_style(status, words)
    assert ("background-image" in cell.css) == bool(STATUSES[status].pattern)
    assert cell.letter == (words[status].symbol if status in words else "")


def test_a_table_cell_shows_a_grade_by_its_letter(words: dict) -> None:
    cell = palette.grade_cell_style("Inadequate", words)
    assert (cell.letter, cell.name, cell.css["background-color"]) == ("I", "Inadequate", GRADES["Inadequate"].fill)


@pytest.mark.parametrize("style_of", [palette.verdict_style, palette.grade_style])
def test_a_word_that_nobody_uses_is_an_error(style_of) -> None:
    with pytest.raises(ValueError, match="Splendid"):
        style_of("Splendid")
    with pytest.raises(ValueError, match="splendid"):
        palette.status_style("splendid", {})


@pytest.mark.parametrize("sight", SIGHT)
def test_every_eye_tells_the_chosen_forces_apart_and_from_the_readers_own(sight: str) -> None:
    for one, other in itertools.combinations([palette.MINE, *palette.HUES], 2):
        assert ciede2000(seen(one.colour, sight), seen(other.colour, sight)) >= 15


def test_the_names_of_chosen_forces_are_legible_and_their_marks_differ() -> None:
    assert all(contrast(hue.ink, palette.WHITE) >= 4.5 and contrast(hue.colour, palette.WHITE) >= 3 for hue in palette.HUES)
    assert len({hue.shape for hue in (palette.MINE, *palette.HUES)}) == 4
    assert not [hue for hue in palette.HUES if red_or_green(hue.colour)]


def test_a_fourth_force_is_grey_with_dashes_of_its_own() -> None:
    found = palette.hues(list("abcde"))
    assert [found[code] for code in "abc"] == list(palette.HUES)
    assert found["d"].colour == found["e"].colour == palette.COMPARED
    assert found["d"].dash != found["e"].dash


def test_the_sign_of_a_minimum_is_no_verdicts_sign() -> None:
    """A triangle says how a force compares, on every output; a lower bound is an asterisk in all of them."""
    assert marks.BOUND_SIGN not in palette.SIGNS
    assert key_text([KeyItem("bound", "at least", palette.INK)]).count(marks.BOUND_SIGN) == 1
    assert {sign: of for of, sign, *_ in MARKS if any(one in sign for one in palette.SIGNS)} == {
        "▲ △ ▴": "Chart",
        "▼ ▽ ▾": "Chart",
    }
    assert [name for _, sign, name, _ in MARKS if sign == marks.BOUND_SIGN] == ["At least"]


def test_the_dashboard_and_the_public_site_have_the_blue_of_the_charts() -> None:
    """The dashboard's frame and tables had another one."""
    named = {path: (PROJECT / path).read_text(encoding="utf-8") for path in WITH_THE_BLUE}
    assert [path for path, text in named.items() if palette.ACCENT not in text] == []
    other = [
        (path.name, colour)
        for path in (*(PROJECT / "ui").rglob("*.css"), *(PROJECT / "ui").rglob("*.html"), *(PROJECT / "ui").rglob("*.py"))
        for colour in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
        if is_blue(colour) and colour != palette.ACCENT
    ]
    assert other == []


def is_blue(colour: str) -> bool:
    """Far enough from grey to be seen as a blue, and dark enough for text or a line."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return blue - red > 60 and blue > green

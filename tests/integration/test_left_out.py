"""One setting leaves a publication out of what is given to the public; tried through the command line."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from etl.paths import PROJECT, DataFolder
from insight.briefing import briefing_of
from insight.briefing.__main__ import app as briefing
from insight.downloads.whole_set import whole_set
from insight.queries import registry
from insight.queries.ask import remembering
from insight.queries.left_out import DELETES, JUDGEMENTS, LIKE, OF_PUBLICATIONS, OwnData, UnknownPublication, public_warehouse
from insight.snapshot.__main__ import app
from insight.snapshot.builder import Options
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import Warehouse, open_warehouse
from tests.exampland import MadeUp
from tests.integration.ingesting import Etl

KINDS = frozenset({"E99000001", "W99000001"})  # forces of Exampland that get a page: one of each country
NCA = "police_missing_children,missing_related_calls,police_missing_care_status"
SAYS = (b"police_missing", b"missing_related_calls", b"National Crime Agency")


@pytest.mark.parametrize("left_out", [NCA, ""], ids=["left out", "given"])
def test_the_public_site_its_package_and_its_json_are_made_without_it(
    left_out: str, made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the command; where nothing is left out every word that is looked for stands there."""
    monkeypatch.setenv("FORCE_LEAVE_OUT", left_out)
    monkeypatch.setattr("insight.snapshot.__main__.Options", lambda *how: replace(Options(*how), only=KINDS))
    monkeypatch.setattr("insight.snapshot.builder.with_compressed", lambda files, workers: files)  # says the same once more
    command = ["build", "--out", str(tmp_path), "--date", "2026-01-31", "--warehouse", str(made_up.folder.warehouse)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    folder = tmp_path / "snapshots" / "2026-01-31"
    package = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert any("National Crime Agency" in source["title"] for source in package["sources"]) == (not left_out)
    for files in ("data/*.csv", "api/**/*.json"):
        found = {word for path in folder.glob(files) for word in SAYS if word in path.read_bytes()}
        assert bool(found) == (not left_out), (files, found)


def test_the_whole_set_is_given_without_it(real: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_LEAVE_OUT", NCA)
    with zipfile.ZipFile(io.BytesIO(whole_set(real))) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                assert not any(word in archive.read(name) for word in SAYS), name
        indicators = pd.read_csv(archive.open("csv/indicator.csv"), low_memory=False)
        assert len(indicators) > 10_000
        assert b"National Crime Agency" not in archive.read("README.txt")


def test_what_is_left_out_has_no_row_and_the_rest_has_all(
    real: Warehouse, real_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "SELECT publication, count(*) AS rows FROM indicator JOIN measure USING (measure_id) GROUP BY ALL ORDER BY ALL"
    monkeypatch.setenv("FORCE_LEAVE_OUT", NCA)
    with public_warehouse(real_warehouse) as public:
        kept, every = public.rows("kept", rows), real.rows("every", rows)
        others = every[~every["publication"].isin(NCA.split(","))].reset_index(drop=True)
        assert len(others) < len(every)
        pd.testing.assert_frame_equal(kept, others)


def test_a_publication_that_nobody_knows_is_refused(real: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_LEAVE_OUT", "police_missing_childern")
    with pytest.raises(UnknownPublication, match="police_missing_childern"):
        whole_set(real)


@pytest.mark.parametrize("name", ["peel_grades", "child_protection_inspections"])
def test_judgements_cannot_be_left_out(name: str, real: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ended in a traceback of a page that had nothing to say."""
    monkeypatch.setenv("FORCE_LEAVE_OUT", name)
    with pytest.raises(UnknownPublication, match=f"names {name}, which cannot be left out"):
        whole_set(real)


LEFT_OUT_ALONE = sorted({path.name for path in (PROJECT / "data" / "published").iterdir()} - set(JUDGEMENTS))


@pytest.mark.parametrize("name", LEFT_OUT_ALONE)
def test_every_other_publication_can_be_left_out_with_all_that_rests_on_it(
    name: str, real: Warehouse, real_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rates out of the residents, shares of the referrals and likeness by children looked after kept one from being left out."""
    monkeypatch.setenv("FORCE_LEAVE_OUT", name)
    with public_warehouse(real_warehouse) as public:
        gone = public.rows("gone", "SELECT count(*) AS rows FROM source WHERE publication = $name", {"name": name})
        rests = _measured(public, name)
        left = len(public.rows("measures", "SELECT measure_id FROM measure"))
        alike = len(public.rows("alike", "SELECT force_code FROM force_feature"))
    assert (gone["rows"][0], rests) == (0, False)
    assert left < len(real.rows("measures", "SELECT measure_id FROM measure")) or not _measured(real, name)
    assert (alike == 0) == (name in ("child_population", "looked_after_missing"))


def _measured(warehouse: Warehouse, name: str) -> bool:
    question = "SELECT measure_id FROM measure m JOIN figure f ON f.figure_id IN (m.numerator, m.denominator) WHERE f.publication = $name"
    return not warehouse.rows("measured", question, {"name": name}).empty


def test_no_table_that_names_a_publication_is_forgotten(real: Warehouse) -> None:
    columns = registry.columns(real)
    tables = columns[~columns["is_view"] & columns["column_name"].isin(OF_PUBLICATIONS)]
    statements = " ".join([*(statement for same in DELETES.values() for statement in same), *LIKE.values()])
    assert len(tables) > 10
    assert [name for name in tables["table_name"].unique() if f"DELETE FROM {name} " not in statements] == []


OWN_GRADE = "force_code,cycle,level,question,grade,status,published,source_url,source_kind\n" + (
    "E99000003,2021/22,area,Investigating crime,Good,graded,2022-04-05,https://example.org/mine,hmicfrs\n"
)


def test_what_a_user_added_leaves_by_no_output_until_somebody_says_otherwise(
    made_up_data: DataFolder, etl: Etl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(OWN_GRADE, encoding="utf-8")
    assert etl("ingest", file).code == 0
    assert etl("build").code == 0
    current = (made_up_data.warehouse / "current").resolve()
    held = open_warehouse(current)
    ask = remembering(held)
    about = Context(ask, register(ask).newest("north-sampleshire"))
    with pytest.raises(OwnData, match=r"own-.*--without-own"), public_warehouse(current):
        pass
    for give_away in (lambda: whole_set(held), lambda: briefing_of(about)):
        with pytest.raises(OwnData, match=r"own-.*--without-own"):
            give_away()
    monkeypatch.setenv("FORCE_WAREHOUSE", str(made_up_data.warehouse))
    session = AppTest.from_file(PROJECT / "dashboard.py", default_timeout=60).run().switch_page("pages/about/downloads.py").run()
    assert [one.value for one in session.caption if "entries that a user added" in one.value]
    assert not [one for one in session.get("download_button") if "all data" in one.proto.label]
    assert CliRunner().invoke(briefing, ["north-sampleshire", "--out", str(tmp_path / "x.pdf")]).exit_code == 2

    monkeypatch.setenv("FORCE_OWN_DATA", "publish")
    with public_warehouse(current) as public:
        origins = public.rows("origins", "SELECT DISTINCT origin FROM source ORDER BY origin")["origin"].tolist()
    assert origins == ["added by a user", "publisher"]
    assert whole_set(held)
    monkeypatch.delenv("FORCE_OWN_DATA")
    monkeypatch.delenv("FORCE_WAREHOUSE")
    assert etl("build", "--without-own", "--warehouse", tmp_path / "public").code == 0
    with public_warehouse((tmp_path / "public" / "current").resolve()) as public:
        assert public.rows("own", "SELECT * FROM source WHERE origin <> 'publisher'").empty
        assert public.rows("grade", "SELECT * FROM grade WHERE force_code = 'E99000003' AND grade IS NOT NULL").empty

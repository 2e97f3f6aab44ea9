"""How to add grades, inspections, recommendations and events: templates, the steps, an example, how added rows are marked."""

from __future__ import annotations

import streamlit as st

from insight.format import partial_date
from insight.inspections.own_data import Template, templates
from insight.tables.model import table_of
from ui.table import show_table

STEPS = """
1. Download the template of its kind and fill in one row for each judgement, with the address of the page you read it from.
2. Send the file to whoever runs this dashboard. They check it and add it.
3. A file is accepted or rejected as a whole; errors are listed with row, column and correction. Once added, every page shows it.
"""
MARKED = (
    "What was added is marked everywhere: grades carry a small u, links and source lines read “added by a user”, and the data "
    "page lists the file."
)


def add_your_own() -> None:
    """The section."""
    st.header("How can grades, inspections, recommendations or events be added?", anchor=False)
    st.markdown(STEPS)
    st.markdown(MARKED)
    for template in templates():
        with st.expander(template.title):
            _template(template)
    st.markdown(f"**A worked example.** {_example()}")


def _template(template: Template) -> None:
    st.markdown(
        f"{template.grain} The example is of a made-up force, Exampleshire, with the code `X00000001`; a file with it is refused."
    )
    show_table(table_of(template.columns).titled(f"Columns of {template.title}"))
    for label, data, suffix in (("Template", template.header, ""), ("Example", template.example, "-example")):
        st.download_button(
            f"{label} as CSV",
            data=data,
            file_name=f"{template.name}{suffix}.csv",
            mime="text/csv",
            key=f"template-{template.name}{suffix}",
            on_click="ignore",
            icon=":material/download:",
        )


def _example() -> str:
    """What the example row of an inspection leads to."""
    row = next(one for one in templates() if one.name == "child_protection_inspections").columns
    values = dict(zip(row["Column"], row["Example"], strict=True))
    return (
        f"Exampleshire (made up) is inspected; the report comes out on {partial_date(values['published'])}. "
        f"{values['cases_audited']} case files were audited: {values['cases_good']} “good”, "
        f"{values['cases_requires_improvement']} “requires improvement” and {values['cases_inadequate']} “inadequate”. "
        "Its row makes a bar of case files; the dates by which HMICFRS expects an action plan (six weeks) and plans to return "
        "(six months) follow from it. When HMICFRS has returned, add a second row of kind `NCPI post-inspection review`, with "
        f"`{values['inspection_id']}` in `follows`: the list then shows that visit beside the planned date, and its case files "
        "beside the first."
    )

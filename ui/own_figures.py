"""How to add figures of one's own: templates to take away, the steps, a worked example, and how added rows are marked."""

from __future__ import annotations

from datetime import date

import streamlit as st

from insight.inspections.clock import RESPONSE_WEEKS, REVISIT_MONTHS
from insight.inspections.own_data import Template, templates
from insight.inspections.partial_dates import Span, span_of, span_text
from ui import blocks

STEPS = """
1. Download the template of its kind and fill in a row for each judgment, with the address of the page you read it from.
2. See what would happen: `python -m etl ingest my-file.csv --dry-run`. A file is taken whole or refused whole, with the row, the
   column, what is wrong and how to mend it.
3. Take it in: `python -m etl ingest my-file.csv`, then `python -m etl build`. The next page that is opened shows it.
"""
MARKED = (
    "What was added is a release of its own. Its grades carry a small u, its links read “added by a user”, every source line "
    "under a chart names the release as added by a user, and the data page lists it."
)


def add_your_own() -> None:
    """The section."""
    st.header("How do I add grades, inspections, recommendations or events of my own?", anchor=False)
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
    blocks.show_table(template.columns, f"Columns of {template.title}")
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
    """What the example row of an inspection leads to, computed as the list above computes it."""
    row = next(one for one in templates() if one.name == "child_protection_inspections").columns
    values = dict(zip(row["Column"], row["Example"], strict=True))
    published = span_of(values["published"]) or Span(date.min, date.min)
    answer, revisit = published.later(weeks=RESPONSE_WEEKS), published.later(months=REVISIT_MONTHS)
    return (
        f"Exampleshire (made up) is inspected; the report comes out on {span_text(published)}. {values['cases_audited']} case "
        f"files were audited: {values['cases_good']} good, {values['cases_requires_improvement']} requiring improvement, "
        f"{values['cases_inadequate']} inadequate. Its row makes a bar of case files, an answer due on {span_text(answer)} and "
        f"a revisit due on {span_text(revisit)}. When inspectors come back, add a second row of kind “NCPI post-inspection "
        f"review” with `{values['inspection_id']}` in `follows`: the clock stops at that visit, and its case files stand beside "
        "the first."
    )

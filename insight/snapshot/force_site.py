"""Pages of the public site about one force, and the list of them; nothing is composed here."""

from __future__ import annotations

from collections.abc import Iterable

from insight.addresses import FORCE_FILE
from insight.findings import Severity, headlines, opening
from insight.inspections.clock_words import NO_ACTION_PLANS
from insight.over_time.changes import drawn_for_a_force
from insight.queries import figures
from insight.snapshot.edition import Edition, Row
from insight.snapshot.page import Link, Page, Part, Section, parts_of
from insight.views import force_grades, over_time, profile, protecting, side_by_side
from insight.views.context import Context
from insight.views.force_blocks import force_blocks

BY_RULE = (
    "Each sentence is made by rule from the figures on this page. More recorded may be better recording: “above average” says "
    "neither good nor bad."
)


def force_pages(edition: Edition) -> list[Page]:
    """A page for each force, and the list of them."""
    links = tuple(Link(f"forces/{one['slug']}.html", str(one["organisation_name"])) for one in edition.forces_with_pages)
    described = "The 43 territorial police forces of England and Wales."
    listed = Page("forces/index.html", "Police forces", described, (described,), sections=(Section(links={"": links}),))
    return [listed, *(force_page(edition, one) for one in edition.forces_with_pages)]


def force_page(edition: Edition, one: Row) -> Page:
    """How a force was judged, what its figures say, how its councils and similar forces compare, what was revised."""
    code, name = str(one["force_code"]), str(one["force_name"])
    context, found = edition.context(str(one["slug"])), edition.findings(code, None)
    facts = context.profile()
    leading = [finding for finding in headlines(found) if finding.severity > Severity.PLAIN]
    limits = [finding for finding in found if finding.severity == Severity.LIMIT and finding not in leading]
    others = [finding for finding in found if finding.severity != Severity.LIMIT]
    return Page(
        f"forces/{one['slug']}.html",
        str(one["organisation_name"]),
        f"Missing children, inspection grades and follow-up in {name}: published figures and how certain they are.",
        (opening(facts, found),),
        blocks=tuple(force_blocks(context)),
        sections=(
            *_judgements(context),
            *_missing_children(edition, context),
            Section("leading", "Findings", lines=tuple(item.headline for item in leading), notes=(BY_RULE,)),
            Section(
                "more",
                lines=tuple(item.sentence for item in others),
                fold=f"All {len(others)} findings, with their intervals",
            ),
            Section("limits", lines=tuple(item.sentence for item in limits), fold="Limits of the data"),
        ),
        data=FORCE_FILE.format(code=code),
        jumps=True,
    )


def _judgements(context: Context) -> Iterable[Section]:
    yield Section(
        "grades",
        "Judgements",
        parts=(
            Part(force_grades.newest_cycles(context), tall=True),
            Part(profile.story(context)),
            *parts_of(force_grades.earlier_cycles(context), fold=True),
        ),
    )
    yield Section(
        "protection",
        "Child protection and follow-up",
        intro=(NO_ACTION_PLANS,),
        parts=(
            *parts_of(profile.inspections_of_child_protection(context)),
            *parts_of(profile.monitoring(context), fold=True),
        ),
    )


def _missing_children(edition: Edition, context: Context) -> Iterable[Section]:
    """Figures, series, councils, similar forces and revisions; nothing of a force that the figures do not cover."""
    if context.profile().judgments_only:
        return
    force = context.selection.force
    shown = drawn_for_a_force(edition.ask(figures.measures))
    series = [over_time.of_one_force(edition.context(force.slug, measure)) for measure in shown]
    yield Section("figures", "Missing children", parts=parts_of(protecting.own_measures(context)))
    wider = protecting.wider_measures(context)
    yield Section("wider", "Child protection", parts=() if wider.empty else parts_of(wider, fold=True))
    yield Section("years", "Over the years", parts=parts_of(*(view for view in series if view.chart and Part(view).chart)))
    yield Section("councils", "Councils", parts=parts_of(profile.councils(context), profile.council_percentages(context)))
    similar = side_by_side.beside_similar(context)
    yield Section("similar", "Similar forces", parts=() if similar.empty else parts_of(similar, fold=True))
    releases = profile.earlier_releases(context)
    yield Section("revisions", "Revisions", parts=parts_of(profile.since(context, releases[0]), fold=True) if releases else ())

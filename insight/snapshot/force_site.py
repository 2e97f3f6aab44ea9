"""Pages of the public site about one force, and the list of them; nothing is composed here."""

from __future__ import annotations

from collections.abc import Iterable

from insight.addresses import FORCE_FILE
from insight.findings import Severity, headlines, opening
from insight.format import plural
from insight.inspections.clock_words import NO_ACTION_PLANS
from insight.over_time.changes import drawn_for_a_force
from insight.queries import figures
from insight.snapshot.edition import Edition, Row
from insight.snapshot.page import Link, Page, Part, Section, parts_of
from insight.views import force_grades, over_time, profile, protecting, side_by_side
from insight.views.context import Context
from insight.views.force_blocks import force_blocks
from insight.views.view import View

OPEN_CHARTS = 2  # the headline measure, and the next one in the room beside it
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
            Section(
                "leading",
                "Findings",
                lines=tuple(item.headline for item in leading),
                notes=(BY_RULE,),
                folded=True,
                inside="what stands out, in sentences, and the limits of the data",
                below=(
                    Section(
                        "more", f"All {len(others)} findings, with their intervals", lines=tuple(item.sentence for item in others)
                    ),
                    Section("limits", "Limits of the data", lines=tuple(item.sentence for item in limits)),
                ),
            ),
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
        parts=parts_of(profile.inspections_of_child_protection(context), profile.monitoring(context)),
        folded=True,
        inside="inspections, monitoring and causes of concern",
    )


def _missing_children(edition: Edition, context: Context) -> Iterable[Section]:
    """Figures, series, councils, similar forces and revisions; nothing of a force that the figures do not cover."""
    if context.profile().judgements_only:
        return
    force = context.selection.force
    shown = drawn_for_a_force(edition.ask(figures.measures))
    every = [over_time.of_one_force(edition.context(force.slug, measure)) for measure in shown]
    series = [view for view in every if view.chart and Part(view).chart]
    beside = series[OPEN_CHARTS:]
    yield Section("figures", "Missing children", parts=parts_of(*series[:OPEN_CHARTS]))
    yield _folded("every", "Every measure", "newest figures beside England's, and the trend", protecting.own_measures(context))
    yield _folded("years", "Over the years", f"charts of {plural(len(beside), 'other measure')}", *beside)
    wider = protecting.wider_measures(context)
    yield _folded(
        "wider",
        "Assessments and plans",
        "how many children need protection, and what assessments found",
        *[wider] * (not wider.empty),
    )
    councils = (profile.councils(context), profile.council_percentages(context))
    yield _folded("councils", "Councils", "each council in the force's area", *councils)
    similar = side_by_side.beside_similar(context)
    yield _folded("similar", "Similar forces", "beside those most similar", *[similar] * (not similar.empty))
    releases = profile.earlier_releases(context)
    since = (profile.since(context, releases[0]),) if releases else ()
    yield _folded("revisions", "Revisions", "what later releases changed", *since)


def _folded(anchor: str, heading: str, inside: str, *views: View) -> Section:
    return Section(anchor, heading, parts=parts_of(*views), folded=True, inside=inside)

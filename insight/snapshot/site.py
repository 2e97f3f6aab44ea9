"""Which views stand on which page of the public site, in the order of the dashboard's pages; nothing is composed here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from insight.addresses import MEASURE_FILE
from insight.cycles import seams, spans, why_apart
from insight.format import slug
from insight.inspections.clock_words import NO_ACTION_PLANS
from insight.queries import inspections
from insight.search import COUNCIL, OWN, Entry, search_index
from insight.snapshot.about_site import about_pages
from insight.snapshot.edition import Edition, Row
from insight.snapshot.force_site import force_pages
from insight.snapshot.page import Link, Page, Part, Section, parts_of
from insight.views import (
    child_protection,
    england_detail,
    follow_up,
    forces_compared,
    grades,
    national,
    one_question,
    over_time,
    police,
)
from vocabulary import PROTECTING

ENGLAND, DETAIL = "england.html", "age, sex, ethnic origin, length of absence, placement and place"
LEVELS = {"area": "Areas", "pillar": "Pillars"}


def pages(edition: Edition) -> list[Page]:
    """Every page but those about data and changes, which need the files."""
    return [
        home(edition),
        england(edition),
        find(edition),
        *force_pages(edition),
        *measure_pages(edition),
        *grade_pages(edition),
        *question_pages(edition),
        protection_page(edition),
        *about_pages(edition),
    ]


def home(edition: Edition) -> Page:
    """What is known of England, which forces differ, how they were graded; then every force by name."""
    context, named = edition.context(), edition.pages_of_forces
    regions: dict[str, list[Link]] = {}
    for force in edition.forces_with_pages:
        regions.setdefault(str(force["region"]), []).append(Link(named[force["force_name"]], str(force["force_name"])))
    return Page(
        "index.html",
        "Are missing children better protected?",
        "Published figures on looked-after children who go missing and inspection grades of the 43 police forces of England and "
        "Wales, as they stood on one day.",
        (national.opening(context),),
        national.blocks(context),
        (
            Section(
                parts=(
                    Part(national.forces_on_the_map(context), "map", pages=named),
                    Part(grades.newest_at_a_glance(context), "grades"),
                )
            ),
            Section(parts=parts_of(national.closer_look(context)), folded=True, inside="by name"),
            Section(parts=(Part(national.every_measure(context), "headlines"),), folded=True, inside="newest figures and change"),
            Section("names", "Find your force by name", links=_sorted(regions), folded=True, inside="in each region"),
            Section("detail", "England in detail", links={"": (Link(ENGLAND, "Which children go missing", DETAIL),)}),
        ),
        template="home.html",
    )


def england(edition: Edition) -> Page:
    """Which children in England go missing or are away, for how long and from where."""
    context = edition.context()

    def of(absence: str) -> tuple[Part, ...]:
        return parts_of(*(england_detail.detail(context, topic, absence) for topic in england_detail.TOPICS))

    return Page(
        ENGLAND,
        "England in detail",
        "Which looked-after children in England go missing or are away without authorisation, for how long and from where.",
        (f"Published for England as a whole, not for councils or forces: {DETAIL}.",),
        sections=(
            Section("missing", "Children who go missing", parts=of("missing")),
            Section(
                "away", "Children who are away without authorisation", parts=of("away"), folded=True, inside="the same, for them"
            ),
        ),
        jumps=True,
    )


def _sorted(links: dict[str, list[Link]]) -> dict[str, tuple[Link, ...]]:
    return {heading: tuple(links[heading]) for heading in sorted(links)}


def find(edition: Edition) -> Page:
    """Every council with its force, and the other names by which forces are known."""
    index, named = search_index(edition.ask), edition.pages_of_forces
    of_wales = {str(one["force_name"]) for one in edition.forces if one["country"] == "Wales"}
    others = [one for one in index.offered.values() if one.kind not in (OWN, COUNCIL)]

    def links(entries: Iterable[Entry]) -> tuple[Link, ...]:
        shown = [one for one in entries if one.force in named]
        return tuple(Link(page_of(one), one.name, one.organisation if one.kind != OWN else "") for one in shown)

    def page_of(one: Entry) -> str:
        """The force's page; of a council where its figures are, which a Welsh force's page has not."""
        return f"{named[one.force]}{'' if one.kind != COUNCIL or one.force in of_wales else '#councils'}"

    by_letter: dict[str, tuple[Link, ...]] = {}
    for link in links(index.councils):
        by_letter[link.text[0]] = (*by_letter.get(link.text[0], ()), link)
    return Page(
        "find.html",
        "Find your force",
        "Every council with its police force, and the names by which forces are known.",
        (
            "Every council that runs children's services, with the police force that covers it. For a district, look for its "
            "county.",
        ),
        sections=(
            Section("forces", "Police forces", links={"": links(one for one in index.offered.values() if one.kind == OWN)}),
            Section("councils", "Councils, A to Z", links=by_letter, by_letter=True),
            Section("names", "Other names of forces", links={"": links(sorted(others, key=lambda one: one.name.lower()))}),
        ),
        jumps=True,
    )


def measure_pages(edition: Edition) -> list[Page]:
    """A page for each measure, and the list of them."""
    topics: dict[str, list[Link]] = {}
    for one in edition.measures:
        topics.setdefault(str(one["topic"]), []).append(
            Link(f"measures/{one['slug']}.html", str(one["title"]), one["definition"])
        )
    described = "Every measure of this publication with its definition."
    listed = Page(
        "measures/index.html", "Measures", described,
        sections=(Section(links={topic: tuple(links) for topic, links in topics.items()}),),
    )  # fmt: skip
    return [listed, *(_measure(edition, one) for one in edition.measures)]


def _measure(edition: Edition, one: Row) -> Page:
    context, named = edition.context(measure=str(one["measure_id"])), edition.pages_of_forces
    ranked = forces_compared.ranked(context)
    in_care = (police.in_care(context),) if one["measure_id"] == police.POLICE else ()
    return Page(
        f"measures/{one['slug']}.html",
        str(one["title"]),
        f"{one['definition']} Every police force, {context.selection.year_text}.",
        (str(one["definition"]),),
        sections=(
            Section(
                parts=(
                    Part(replace(ranked, cautions=(*ranked.cautions, str(one["caveats"]))), "forces", opens=True, pages=named),
                    Part(forces_compared.on_the_map(context), "map", pages=named),
                    Part(over_time.is_it_rising(context), "series"),
                )
            ),
            Section(parts=parts_of(*in_care, pages=named), folded=True),
            Section(
                parts=(
                    Part(over_time.england_and_regions(context), "regions", fold=True),
                    Part(over_time.every_force(context), "trends", fold=True, pages=named),
                )
            ),
        ),
        data=MEASURE_FILE.format(measure=one["measure_id"]),
    )


def grade_pages(edition: Edition) -> list[Page]:
    """A page for each cycle, newest first, and the list of them."""
    cycles = list(grades.cycles(edition.context()).values())
    links = tuple(Link(cycle_path(cycle), f"Inspection grades, {cycle}") for cycle in cycles)
    described = "Every police force on every question, cycle by cycle."
    listed = Page("grades/index.html", "Inspection grades", described, (described,), sections=(Section(links={"": links}),))
    return [listed, *(_cycle(edition, cycle, links) for cycle in cycles)]


def cycle_path(cycle: str) -> str:
    """Where a cycle's grades stand."""
    return f"grades/{slug(cycle)}.html"


def _cycle(edition: Edition, cycle: str, links: tuple[Link, ...]) -> Page:
    context, named = edition.context(), edition.pages_of_forces
    others = tuple(Link(one.path, one.text.rpartition(", ")[2]) for one in links if one.path != cycle_path(cycle))
    asked = PROTECTING in set(edition.ask(inspections.grades, cycle, None)["question"])
    said = grades.answer(context, cycle, grades.EVERY, grades.EVERY, slug(PROTECTING)) if asked else ""
    seam = seams(edition.ask(inspections.cycles)).get(cycle)
    return Page(
        cycle_path(cycle),
        f"Inspection grades, {cycle}",
        f"Every police force on every question of the inspection cycle {cycle}.",
        (said,) if said else (),
        sections=(
            Section(
                parts=(Part(grades.spread_by_question(context, cycle, grades.EVERY), "spread", opens=True),),
                notes=(f"Not comparable with the cycle before. {why_apart(seam)}",) if seam else (),
            ),
            Section(
                parts=(Part(grades.matrix(context, cycle, grades.EVERY, grades.EVERY, "name"), "matrix", pages=named),),
                folded=True,
                inside="every force by name",
            ),
            Section(parts=parts_of(grades.announced(context, cycle, grades.EVERY), pages=named), folded=True),
            Section("cycles", "Other cycles", links={"": others}),
        ),
    )


def question_pages(edition: Edition) -> list[Page]:
    """A page for each question, and the list of them."""
    links: dict[str, list[Link]] = {}
    when = spans(edition.ask(inspections.cycles))
    for one in edition.questions:
        heading = f"{LEVELS[one['level']]}, {when[one['level']]}"
        link = Link(f"questions/{one['slug']}.html", str(one["question"]), str(one["definition"]))
        links.setdefault(heading, []).append(link)
    described = "What HMICFRS grades police forces on."
    listed = Page(
        "questions/index.html", "Inspection questions", described, (described,), sections=(Section(links=_sorted(links)),)
    )
    return [listed, *(_question(edition, one) for one in edition.questions)]


def _question(edition: Edition, one: Row) -> Page:
    context, named, question = edition.context(), edition.pages_of_forces, str(one["question"])
    groups = []
    for group, why_parted in reversed(grades.groups_of_cycles(context, question)):
        spread = grades.over_cycles(context, question, group)
        parted = (f"Not comparable with the cycle before. {why_parted}",) if why_parted else ()
        groups.append(replace(spread, cautions=(*spread.cautions, *parted)))
        groups.append(grades.moved_between_cycles(context, question, group))
    return Page(
        f"questions/{one['slug']}.html",
        question,
        f"{one['definition']} How HMICFRS graded each police force.",
        (one_question.answer(context, question), str(one["definition"])),
        sections=(
            Section(parts=(Part(one_question.on_the_map(context, question), "map", opens=True, pages=named), *parts_of(*groups))),
            Section(
                parts=(Part(one_question.every_force(context, question), "forces", pages=named),),
                folded=True,
                inside="every force by name",
            ),
        ),
    )


def protection_page(edition: Edition) -> Page:
    """Child protection inspections of every force and what followed."""
    context, named, day = edition.context(), edition.pages_of_forces, edition.day
    clock = follow_up.returns(context, day, "newest", follow_up.EVERY, follow_up.EVERY)
    return Page(
        "child-protection.html",
        "Child protection inspections and follow-up",
        "Inspections of how police forces protect children, what inspectors found in case files, and what followed.",
        (clock.answer, NO_ACTION_PLANS),
        sections=(
            Section(
                parts=(
                    Part(child_protection.graded_areas(context), tall=True, opens=True, pages=named),
                    Part(follow_up.engage(context, day)),
                )
            ),
            *(
                Section(parts=(part,), folded=True)
                for part in (
                    Part(child_protection.visits(context), pages=named),
                    Part(child_protection.case_files(context, False), "audits"),
                    Part(replace(clock, answer="", cautions=()), "clock", pages=named),
                    Part(follow_up.engage_list(context, day), "monitoring", pages=named),
                    Part(follow_up.concerns(context, day), "concerns", pages=named),
                    Part(child_protection.reviews(context), "reviews"),
                    Part(child_protection.recommended(context), "recommendations"),
                    Part(child_protection.completeness(context), "knowledge"),
                )
            ),
        ),
    )

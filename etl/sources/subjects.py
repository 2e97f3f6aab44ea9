"""What a table is about, where its columns do not say it: any figure can stand in a table of forces by year.

A table is read as one of a subject only if something says so: the words above it or its sheet's name; else its number in the
publisher's report; else the file's name; or a person (``--publication``). Where the words say another subject, nothing else
counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.problems import Problem, Refused
from etl.sources.tables import Table

NUMBER = re.compile(r"(?<![a-z0-9])(?:table[\s_-]*)?([a-h][0-9]{1,2})(?![a-z0-9])", re.I)
# Words of a title that say nothing of a subject: of the report, of place and time, of the sheet.
REPORT = re.compile(r"(?:uk )?missing persons (?:data|statistical|annual) (?:reports?|bulletins?)|uk missing persons unit", re.I)
NEUTRAL = """a an and area areas back by contents data each ending england figure figures final financial for force forces from
in nca national crime agency note number numbers of on or police provisional published report revised sheet source table
territorial the their to total one two three
uk unit wales worksheet year years p r fy ye january february march april may june july august
september october november december jan feb mar apr jun jul aug sep oct nov dec"""
WORD = re.compile(r"[a-z]+")
YOUNG_PEOPLE = re.compile(r"\byoung people\b")  # said beside children, and no other subject


class OtherSubject(Refused):
    """A table under a known header that nothing says to be of its subject, or that is said to be of another."""


@dataclass(frozen=True)
class Subject:
    """What a publication's table counts.

    Attributes:
        counts: in words, as a refusal gives it.
        number: of the table in the publisher's report, such as A3.
        needed: patterns that all have to be found in words which say the subject.
        own: words of the subject; on their own they neither say it nor another.
        contrary: words of another subject, or of a part of this one.
    """

    counts: str
    number: str
    needed: tuple[re.Pattern[str], ...]
    own: frozenset[str]
    contrary: re.Pattern[str]

    def said_by(self, text: str) -> bool:
        """Whether words say the subject."""
        return all(pattern.search(text) for pattern in self.needed) and not self.contrary.search(text)

    def foreign(self, text: str) -> str:
        """What in a text speaks of another subject, or nothing: words of the subject beside others may be of a part of it."""
        found = self.contrary.search(text)
        if found:
            return found[0].strip()
        words = [
            word
            for word in WORD.findall(YOUNG_PEOPLE.sub(" ", NUMBER.sub(" ", text)))
            if word not in self.own | set(NEUTRAL.split()) and len(word) > 1
        ]
        return " ".join(words)


def refuse_other_subject(table: Table, subject: Subject, headings: Iterable[str] = ()) -> str:
    """Refuse a table that is not said to be of a subject.

    Args:
        headings: headings of columns that may say it.

    Returns:
        A note where only the file's name, or the person, says it; else nothing.

    Raises:
        OtherSubject: its words say another, or nothing says this one.
    """
    words = _plain(table.title)
    other = subject.foreign(words)
    option = f"--publication {table.layout.publication}"
    if subject.contrary.search(words) or (other and not table.stated):
        why = f"The words above this table, or its sheet's name, do not say that it counts {subject.counts}: {other!r}."
        mend = f"Give the table that does{'' if table.stated else f'; if it is this one, say so with {option}'}."
        if subject.contrary.search(words):
            mend = f"Give the table of {subject.counts}; where the words are wrong, correct them in a copy."
        raise OtherSubject(Problem(table.place, why, mend, column=None))
    if table.stated:
        return f"That these are {subject.counts} was said by the person who added the file."
    numbers = {found.upper() for found in NUMBER.findall(words)}
    if subject.said_by(words) or numbers == {subject.number} or any(subject.said_by(_plain(one)) for one in headings):
        return ""
    name = _plain(Path(table.file).stem)
    named = {found.upper() for found in NUMBER.findall(name)}
    if (
        not numbers
        and not subject.contrary.search(name)
        and ((subject.said_by(name) and not subject.foreign(name)) or named == {subject.number})
    ):
        return f"That these are {subject.counts} is said by the file's name only."
    called = f"it calls itself table {', '.join(sorted(numbers))}" if numbers else "no title, sheet or file name does"
    why = f"This is a table of police forces, but nothing says that it counts {subject.counts}: {called}."
    raise OtherSubject(Problem(table.place, why, f"If it does, say so with {option}.", table.header_row))


def _plain(text: str) -> str:
    """Small letters, gaps in place of underscores and hyphens, without the report's own name."""
    return REPORT.sub(" ", " ".join(re.sub(r"[_\-\u2010-\u2015]+", " ", text).casefold().split()))

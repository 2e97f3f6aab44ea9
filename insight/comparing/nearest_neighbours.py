"""Forces most alike: what they are found by, in words. Distances are stored by the build; here is how they are presented."""

from __future__ import annotations

METHOD = (
    "“Similar forces” is our own grouping, not the Home Office's most similar groups. It uses child population, looked-after "
    "children per 10,000 children, and children per council, each on a common scale (logarithm, standardised) with equal weight."
)

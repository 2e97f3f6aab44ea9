"""Forces most alike: what they are found by, in words. Distances are stored by the build; here is how they are presented."""

from __future__ import annotations

METHOD = (
    "Our own choice of likeness, not an official family of forces and not the Home Office's most similar groups: the nearest "
    "in three things, each put on a common scale (its logarithm, less the mean, over the standard deviation) and given equal "
    "weight: children aged 0 to 17, looked-after children per 10,000 of them, and children per authority, which is the nearest "
    "to density that the data have."
)

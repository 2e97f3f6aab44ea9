"""One area from year to year and from release to release."""

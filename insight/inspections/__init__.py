"""What inspectors found and what followed: grades, child protection inspections, the clock, monitoring."""

"""Figures and judgments as tables to read."""

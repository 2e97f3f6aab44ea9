"""Figures and judgements as tables to read."""

"""Ranked rows with bars, as tables that wrap on a phone."""

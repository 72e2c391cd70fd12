"""Figures of effects with their intervals."""

"""The values that the stages pass on: frozen, without input or output."""

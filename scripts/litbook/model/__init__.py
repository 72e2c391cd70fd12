"""Frozen values that the stages exchange; nothing here reads or writes files."""

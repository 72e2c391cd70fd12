"""Retractions, withdrawals and corrections, wherever readers meet the paper that they are about."""

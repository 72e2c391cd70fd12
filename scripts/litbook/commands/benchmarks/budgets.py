"""The budgets of builds and pages, in one file: tests read it, and `litbook bench` prints them beside its figures."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".json")


@cache
def read_budgets() -> dict[str, Any]:
    """Return the budgets by figure; one that depends on the number of papers, or on a page, is a mapping."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def goal_of(figure: str, case: object) -> str:
    """Return the budget of a figure in words; nothing where there is none for this number of papers or page."""
    budget = read_budgets().get(figure)
    value = budget.get(str(case)) if isinstance(budget, dict) else budget
    return "" if value is None else f"at most {value}"

"""The review that is being built, in one typed value on Sphinx's application."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from litbook.model.review import Corpus
from litbook.model.site import identify_review
from litbook.pipeline import Prepared

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NAME = "litbook_review"


@dataclass(frozen=True, slots=True)
class Review:
    """Hold the review, the name under which readers' browsers store what belongs to it, and HTML that pages share.

    `drawn` holds pieces such as the navigation of a folder, made once in a build, by what decides how they look.
    """

    prepared: Prepared
    storage_name: str
    drawn: dict[tuple[object, ...], str] = field(default_factory=dict)

    @property
    def corpus(self) -> Corpus:
        return self.prepared.corpus


def set_review(app: Sphinx, prepared: Prepared) -> None:
    """Remember the review of this build."""
    setattr(app, _NAME, Review(prepared, identify_review(prepared.first_seen)))


def review_of(app: Sphinx) -> Review:
    """Return the review of this build."""
    return cast(Review, getattr(app, _NAME))

"""The Sphinx extension: it lists the features of the site in the order in which they are set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import litbook
from litbook.core.code import digest_code
from litbook.site.authoring import extension as authoring
from litbook.site.build import extension as build
from litbook.site.citations import extension as citations
from litbook.site.citedby import extension as citedby
from litbook.site.compare import extension as compare
from litbook.site.extraction import extension as extraction
from litbook.site.front import extension as front
from litbook.site.groups import extension as groups
from litbook.site.known import extension as known
from litbook.site.layout import extension as layout
from litbook.site.library import extension as library
from litbook.site.lists import extension as lists
from litbook.site.map import extension as map
from litbook.site.navigation import extension as navigation
from litbook.site.notebooks import extension as notebooks
from litbook.site.notices import extension as notices
from litbook.site.papers import extension as papers
from litbook.site.preview import extension as preview
from litbook.site.prisma import extension as prisma
from litbook.site.publishing import extension as publishing
from litbook.site.receipt import extension as receipt
from litbook.site.search import extension as search
from litbook.site.status import extension as status

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Each in its place: a script may use what those before it offer, and events are handled in this order. The styles of
# the layout come first, since they name the order of the layers.
FEATURES = (
    build,
    layout,
    library,
    known,
    citations,
    map,
    lists,
    navigation,
    search,
    groups,
    citedby,
    compare,
    extraction,
    papers,
    preview,
    notebooks,
    notices,
    publishing,
    prisma,
    status,
    authoring,
    front,
    receipt,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the features of the site."""
    for feature in FEATURES:
        feature.setup(app)
    return {
        "version": litbook.__version__,
        "env_version": int(digest_code(__name__)[:12], 16),  # other code reads all pages again
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }

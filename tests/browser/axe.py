"""What axe-core, the checker of accessibility, has to say against a page."""

from django.conf import settings

AXE = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()


def findings(page):
    """What axe-core has to say against the page as it stands: rule and elements."""
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then((result) => result.violations)")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]

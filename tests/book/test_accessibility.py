"""Every page, as axe-core sees it: WCAG 2.2 to level AA, light and dark, on a wide window and on a phone's. They need Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.xdist_group("book")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"], "resultTypes": ["violations"]}


def violations(page) -> list[str]:
    """What axe finds on an open page: the rule, and where."""
    found = page.do(lambda page: Axe().run(page, options=WCAG)).response["violations"]
    return [f"{one['id']} ({one['help']}): {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_has_no_violation(page, site, any_page, width, theme):
    page.open(f"{site}/{any_page}.html", width, theme)
    assert violations(page) == []


def test_axe_is_at_work(page, site):
    page.open(f"{site}/index.html")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<p style=\"color: #999\">grey</p><img src=\"_static/logo.svg\">')")
    assert sorted(text.partition(" ")[0] for text in violations(page)) == ["color-contrast", "image-alt"]

"""The pages as a reader's browser shows them, without a network. They need Chromium."""

import pytest
from benchmarks.pages import on_the_wire

pytestmark = pytest.mark.xdist_group("book")
WIRE = 1_500_000  # bytes of a page and all that it loads


def complete(page, site):
    """Asserts that a page asked only its own server, got everything, and complained of nothing."""
    assert [address for address in page.requests if not address.startswith(site)] == []
    assert page.failures == [] and page.complaints == []


def assert_formulas_are_set(page):
    written = page.evaluate("document.querySelectorAll('article .math').length")
    assert page.evaluate("document.querySelectorAll('article mjx-container').length") == written > 0
    assert page.evaluate("document.querySelectorAll('mjx-merror, [data-mjx-error]').length") == 0
    assert "\\(" not in page.evaluate("document.querySelector('article').innerText")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_chapter_is_complete_and_fits(page, site, name, width, theme):
    page.open(f"{site}/{name}.html", width, theme)

    complete(page, site)
    assert_formulas_are_set(page)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_the_other_pages_are_complete_and_fit(page, site, other, width):
    page.open(f"{site}/{other}.html", width)
    complete(page, site)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_page_is_light(page, site, html, any_page):
    page.open(f"{site}/{any_page}.html")
    weight = on_the_wire(html, page.requests)
    assert sum(weight.values()) <= WIRE, sorted(weight.items(), key=lambda item: -item[1])
    assert not [name for name in weight if "fontawesome" in name or name.startswith("fa-")]


def test_a_chapter_opens_from_the_folder_too(page, html, name):
    page.open((html / f"{name}.html").as_uri())
    complete(page, html.as_uri())
    assert_formulas_are_set(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_one_search_button_is_seen(page, site, width):
    page.open(f"{site}/01_sine.html", width)
    seen = "[...document.querySelectorAll('.search-button-field, .search-button')].filter((button) => { const box = button.getBoundingClientRect(); return box.width && box.right > 0; }).length"
    assert page.evaluate(seen) == 1


def test_the_search_icon_leaves_the_words_free(page, site):
    page.open(f"{site}/search.html")
    free = """[...document.querySelectorAll('.bd-search')].filter((form) => form.offsetWidth).map((form) =>
        form.querySelector('input').getBoundingClientRect().left - form.querySelector('.fa-solid').getBoundingClientRect().right)"""
    gaps = page.evaluate(free)
    assert gaps and min(gaps) >= 0


def test_a_question_is_answered_by_keyboard(page, site):
    page.open(f"{site}/01_sine.html")
    page.evaluate("document.querySelector('.question .choice:nth-of-type(1) summary').focus()")

    page.press("Tab")
    page.press("Enter")

    assert page.evaluate("[...document.querySelector('.question').querySelectorAll('details')].map((choice) => choice.open)") == [False, True, False]
    assert page.evaluate("document.querySelector('.question details[open] p').innerText").startswith("Right.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_follow_the_theme(page, site, theme):
    page.open(f"{site}/01_sine.html", theme=theme)
    ink = page.evaluate("getComputedStyle(document.querySelector('.drawing svg text')).fill")
    assert sum(int(channel) for channel in ink[4:-1].split(",")) < 200 if theme == "light" else sum(int(channel) for channel in ink[4:-1].split(",")) > 600


def test_letters_of_figures_stay_legible_on_a_phone(page, site, name):
    page.open(f"{site}/{name}.html", 390)
    heights = page.evaluate("""[...document.querySelectorAll('.drawing svg text')].map((text) => {
        const scale = text.getScreenCTM();
        return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(scale.a, scale.b);
    })""")
    assert min(heights) >= 9  # pixels


def test_sounds_are_fetched_only_when_played(page, site):
    page.open(f"{site}/01_sine.html")
    assert not [address for address in page.requests if address.endswith(".flac")]


def test_a_sound_plays(page, site, name):
    page.open(f"{site}/{name}.html")
    durations = page.evaluate("""Promise.all([...document.querySelectorAll('audio')].map((sound) => new Promise((done, fail) => {
        sound.onloadedmetadata = () => done(sound.duration);
        sound.onerror = () => fail(sound.src);
        sound.preload = 'metadata';
        sound.load();
    })))""")
    assert durations and all(0.1 < duration <= 8 for duration in durations)

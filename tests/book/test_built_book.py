"""The built pages: complete without the network, every picture and sound in words, every link leading somewhere."""

import hashlib
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import jupytext
import nbformat
import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.xdist_group("book")  # one worker, one build
ROOT = Path(__file__).parents[2]
SUM = re.compile(rb"\?v=[0-9a-f]{8}(?=\")")  # Sphinx sums up a file if it lies there already: in a second build those that extensions copy at the end of the first
LOADS = [("script", "src"), ("img", "src"), ("audio", "src"), ("source", "src"), ("link", "href"), ("iframe", "src"), ("use", "xlink:href"), ("image", "xlink:href")]


def soup_of(html, page):
    return BeautifulSoup((html / f"{page}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def soup(html, name):
    return soup_of(html, name)


@pytest.fixture
def article(soup):
    return soup.select_one("article")


def foreign_loads(soup):
    """What a page would fetch from elsewhere, by itself."""
    addresses = [element[attribute] for tag, attribute in LOADS for element in soup.find_all(tag) if element.has_attr(attribute)]
    return [address for address in addresses if not address.startswith("data:") and (urlparse(address).scheme or urlparse(address).netloc)]


def dead_links(html, page, soup):
    """The links of a page to files or places in files that are not there."""
    dead = []
    for tag, attribute in [*LOADS, ("a", "href")]:
        for element in soup.find_all(tag):
            address = element.get(attribute, "")
            path, fragment = urldefrag(address)
            path = unquote(path.partition("?")[0])
            if not address or urlparse(address).scheme:
                continue
            target = (html / f"{page}.html").parent / path if path else html / f"{page}.html"
            if not target.is_file():
                dead.append(address)
            elif fragment and target.suffix == ".html":
                there = soup if not path else BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")
                if not there.find(id=fragment):
                    dead.append(address)
    return dead


def test_a_chapter_loads_nothing_from_elsewhere(soup):
    assert foreign_loads(soup) == []


def test_the_other_pages_load_nothing_from_elsewhere(html, other):
    assert foreign_loads(soup_of(html, other)) == []


def test_a_foreign_load_is_told():
    assert foreign_loads(BeautifulSoup('<script src="//cdn.example/x.js"></script><img src="a.png"><link href="https://x.example/a.css">', "html.parser")) == [
        "//cdn.example/x.js", "https://x.example/a.css"]


def test_no_script_names_a_foreign_server(soup):
    assert not [script for script in soup.find_all("script") if re.search(r"https?://", script.text)]


def test_links_of_other_pages_lead_somewhere(html, other):
    assert dead_links(html, other, soup_of(html, other)) == []


def test_links_of_a_chapter_lead_somewhere(html, name, soup):
    assert dead_links(html, name, soup) == []


def test_the_language_is_said(soup):
    assert soup.html["lang"] == "en"


def test_a_chapter_says_in_a_line_what_it_is_about(soup):
    assert 40 < len(soup.find("meta", attrs={"name": "description"})["content"]) < 200


def test_every_picture_says_what_it_shows(soup, article):
    drawings = article.select("figure.drawing > svg")
    assert drawings
    assert all(drawing["role"] == "img" and len(drawing["aria-label"]) >= 60 and re.search(r"\d", drawing["aria-label"]) for drawing in drawings)
    assert all(image.get("alt") and not re.search(r"\.\w{3,4}$|[0-9a-f]{16}", image["alt"]) for image in article.find_all("img"))
    assert all(image.has_attr("alt") for image in soup.find_all("img")), "the logo's may be empty: its name stands beside it"
    assert len(article.find_all("svg")) == len(drawings), "a picture that did not come from figure()"


def test_every_sound_says_what_is_heard(article):
    sounds = article.find_all("audio")
    assert sounds
    assert all(sound.has_attr("controls") and sound.find_next_sibling("figcaption").text.strip() for sound in sounds)


def test_sounds_are_files_of_their_own(html, article):
    for sound in article.find_all("audio"):
        assert (html / sound["src"]).read_bytes()[:4] == b"fLaC"


def test_headings_come_in_order(article):
    levels = [int(heading.name[1]) for heading in article.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_no_name_is_given_twice(soup):
    names = [element["id"] for element in soup.find_all(id=True)]
    assert sorted(set(names)) == sorted(names)


def test_numbers_have_come_into_the_prose(name, article):
    source = (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    pasted = [number.text for number in article.select(".pasted-text")]
    assert pasted and len(pasted) == source.count("{glue:text}")
    assert all(re.fullmatch(r"-?[\d,]+(\.\d+)?|[A-G]", number) for number in pasted)


def test_questions_give_feedback_for_each_choice(article):
    questions = article.select(".question")
    assert len(questions) >= 4
    for question in questions:
        choices = question.select("details.choice")
        assert len(choices) >= 2 and all(choice.find("p").text for choice in choices)
        assert len(question.select("details.choice-right")) == 1


def test_formulas_are_left_to_the_book_s_own_mathjax(html, soup, article):
    assert article.select(".math")
    script = next(script["src"] for script in soup.find_all("script", src=True) if "mathjax" in script["src"])
    assert (html / script.partition("?")[0]).is_file()


def test_no_error_and_no_unread_markup_is_left(article):
    for element in article.find_all(["pre", "code", "script", "style", "svg"]):
        element.decompose()
    assert not re.search(r"Traceback|\{glue|\{cite|\{doc\}|:::|\bnan\b|\$[^$]+\$", article.text)


def test_search_is_offered_once_to_each_width(soup):
    # The sidebar's field on wide windows, the icon beside the title on narrow ones.
    assert len(soup.select(".search-button-field")) == 1 and len(soup.select(".article-header-buttons .search-button")) == 1


def test_our_part_of_a_page_is_light(html, name):
    """Issue of weight: 300 KB for HTML with its figures, sound apart."""
    assert (html / f"{name}.html").stat().st_size <= 300_000


def test_icons_come_without_a_font_or_a_script(html, any_page):
    icons = (ROOT / "book" / "_static" / "icons.css").read_text(encoding="utf-8")
    soup = soup_of(html, any_page)
    assert not [script for script in soup.find_all("script", src=True) if "fontawesome" in script["src"]]
    drawn = {name for icon in soup.select("i.fa-solid, span.fa-solid") for name in icon["class"] if name.startswith("fa-") and name not in ("fa-solid", "fa-lg")}
    assert drawn and [name for name in drawn if f".{name} {{" not in icons] == []


def test_only_pages_with_formulas_load_mathjax(html, any_page):
    soup = soup_of(html, any_page)
    scripts = [script["src"] for script in soup.find_all("script", src=True)]
    assert bool(soup.select("article .math")) == any("mathjax" in script for script in scripts)


def test_only_pages_with_instruments_load_their_script_and_style(html, any_page):
    soup = soup_of(html, any_page)
    loaded = [element.get("src") or element.get("href") for element in soup.select("head script[src], head link[href]")]
    assert len([address for address in loaded if "instruments/" in address]) == (2 if soup.select("section.instrument") else 0)


def test_the_exercises_come_with_the_book(html, name):
    with zipfile.ZipFile(html / "exercises" / f"{name}.zip") as archive:
        names = archive.namelist()
        notebook = nbformat.reads(archive.read(f"{name}/{name}.ipynb").decode(), 4)
    given = {f"{name}/{path.relative_to(ROOT / 'exercises' / name).as_posix()}" for path in (ROOT / "exercises" / name).glob("given/*.py")}
    assert set(names) == {f"{name}/{name}.ipynb"} | given
    assert any("raise NotImplementedError" in cell.source for cell in notebook.cells)


def test_an_unchanged_book_is_not_run_again(html, output, build_again):
    before = (html / "01_sine.html").read_bytes()
    done = build_again(output)
    assert done.returncode == 0 and "Executing notebook" not in done.stdout
    assert (html / "01_sine.html").read_bytes() == before


def test_a_changed_script_is_built_though_no_page_has_changed(html, output, build_again):
    script = ROOT / "book" / "_static" / "instruments" / "tap.mjs"
    before = script.read_bytes()
    try:
        script.write_bytes(before + b"// one word\n")
        assert build_again(output).returncode == 0
        assert (html / "_static" / "instruments" / "tap.mjs").read_bytes() == before + b"// one word\n"
    finally:
        script.write_bytes(before)
    assert build_again(output).returncode == 0
    assert (html / "_static" / "instruments" / "tap.mjs").read_bytes() == before


def test_a_clean_build_gives_the_same_bytes(html, tmp_path, build_again):
    """Whether the other one was built at once or page by page over a day."""
    assert build_again(tmp_path).returncode == 0
    clean = tmp_path / "_build" / "html"

    def digests(folder):
        return {path.relative_to(folder).as_posix(): hashlib.sha256(SUM.sub(b"", path.read_bytes())).hexdigest() for path in folder.rglob("*") if path.is_file()}

    ours, theirs = digests(html), digests(clean)
    for digests_of in (ours, theirs):
        del digests_of["searchindex.js"]  # one that was built page by page keeps empty entries of words that are gone
    left_over = {name for name in ours.keys() - theirs.keys() if name.startswith(("_sounds/", "_downloads/"))}  # of pages as they were before
    assert len(theirs) > 100 and {name: ours[name] for name in ours.keys() - left_over} == theirs


# The extension that builds it.

@pytest.fixture
def book_build(extension):
    return extension("book_build")


@pytest.mark.parametrize("changed", ["reference_impl/tones.py", "book/show/sounds.py", "requirements.txt"])
def test_changed_code_makes_a_new_cache(book_build, tmp_path, changed):
    for folder in ("reference_impl", "book/show"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    before = book_build.fingerprint(tmp_path)

    with (tmp_path / changed).open("a") as file:
        file.write("# one word\n")

    assert before == book_build.fingerprint(ROOT) != book_build.fingerprint(tmp_path)


def test_a_chapter_can_be_opened_as_a_notebook(name):
    cells = jupytext.read(ROOT / "book" / f"{name}.md").cells
    assert {cell.cell_type for cell in cells} == {"markdown", "code"}

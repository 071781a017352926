"""What is measured: ``python -m benchmarks`` for all, ``python -m benchmarks NAME`` for one."""

import argparse

from . import data_sets, grading, pages

BENCHMARKS = {"data_sets": data_sets.report, "grading": grading.report, "pages": pages.report}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Data sets and models against the original tutorial's; seconds a submission; the book's pages.")
    parser.add_argument("name", nargs="?", choices=BENCHMARKS, help="one of them; default: all")
    name = parser.parse_args().name
    for report in [BENCHMARKS[name]] if name else BENCHMARKS.values():
        report()
        print()

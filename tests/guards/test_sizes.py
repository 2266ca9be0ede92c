"""Files and functions stay small enough to be read in one go."""

import ast
import sys
from statistics import median

from .repository import PACKAGES, files_in, percentile_90, product_code, shown, syntax_tree

MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 60
HAND_WRITTEN = (".py", ".html", ".css", ".js")
FOLDERS = (*PACKAGES, "templates", "static", "tests", "benchmarks", "trials")


def file_lines(paths):
    """How long each file is, the longest first."""
    counted = [(len(path.read_text(encoding="utf-8").splitlines()), path) for path in paths]
    return sorted(counted, reverse=True)


def function_lines(paths):
    """How long each function is, its docstring included, the longest first."""
    found = []
    for path in paths:
        for node in ast.walk(syntax_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                found.append((length, f"{shown(path)}:{node.lineno} {node.name}"))
    return sorted(found, reverse=True)


def report(what, lengths):
    """What the numbers are; pytest shows it with -s, and always next to a failure."""
    sys.stdout.write(
        f"{what}: median {median(lengths):g}, p90 {percentile_90(lengths)}, max {max(lengths)}\n"
    )


def test_no_file_is_longer_than_400_lines():
    paths = [path for ending in HAND_WRITTEN for path in files_in(*FOLDERS, ending=ending)]
    report("file lines", [length for length, _ in file_lines(paths)])
    report("product file lines", [length for length, _ in file_lines(product_code())])
    too_long = [
        f"{shown(path)}: {length}" for length, path in file_lines(paths) if length > MOST_FILE_LINES
    ]
    assert too_long == []


def test_no_function_is_longer_than_60_lines():
    functions = function_lines(files_in(*PACKAGES, "tests", "benchmarks", "trials", ending=".py"))
    report("function lines", [length for length, _ in functions])
    report("product function lines", [length for length, _ in function_lines(product_code())])
    too_long = [f"{where}: {length}" for length, where in functions if length > MOST_FUNCTION_LINES]
    assert too_long == []


def test_nine_in_ten_files_have_at_most_250_lines_and_functions_25():
    assert percentile_90([length for length, _ in file_lines(product_code())]) <= 250
    assert percentile_90([length for length, _ in function_lines(product_code())]) <= 25

"""Names: ours alone, said aloud, documented; and no trace of the machine they were typed on."""

import ast
import importlib.util
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.source import BESIDE, LAYERS, ROOT, ROOTS, modules, tree, written

OURS = "baton-early-help"
TOP_LEVEL = (*LAYERS, *(Path(name).stem for name in ROOTS))
BANNED = {"utils", "util", "common", "helpers", "helper", "services", "managers", "base", "misc"}


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_each_top_level_name_is_ours_and_nobody_elses(name: str) -> None:
    assert name not in sys.stdlib_module_names
    assert set(packages_distributions().get(name, [])) <= {OURS}
    found = importlib.util.find_spec(name)
    assert found is not None
    assert found.origin is not None
    assert Path(found.origin).is_relative_to(ROOT)


def test_what_is_built_is_every_layer_and_both_roots() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    built = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert set(built) == {*LAYERS, *ROOTS}
    assert project["project"]["name"] == OURS


def test_the_tests_are_a_package_so_that_no_library_can_stand_in_for_them() -> None:
    assert (ROOT / "tests/__init__.py").exists()


def test_no_file_or_folder_is_named_for_nothing() -> None:
    folders = [m for m in modules() if BANNED & {*m.parts[:-1], m.stem}]
    assert folders == []


def test_every_module_says_what_it_is() -> None:
    silent = [str(m) for m in modules() if m.parts[0] not in BESIDE and not _docstring(m)]
    silent += [str(m) for m in modules() if m.parts[0] in BESIDE and _is_silent(m)]
    assert silent == []


def test_annotations_are_left_to_be_read_at_run_time() -> None:
    future = re.compile(r"^from __future__ import .*\bannotations\b", re.MULTILINE)
    assert [str(m) for m in modules() if future.search((ROOT / m).read_text("utf-8"))] == []


def test_nothing_names_the_machine_it_was_typed_on() -> None:
    here = {str(ROOT), str(ROOT.parent)} - {"/", "/app", "/home", "/opt", "/srv", "/tmp", "/usr"}
    somebody = re.compile("|".join([r"/(?:home|Users)/\w+/", r"/root/", *(f"{p}/" for p in here)]))
    told = [f"{path}: {m[0]}" for path, text in written() for m in somebody.finditer(text)]
    told = [line for line in told if not line.startswith("tests/architecture/test_names.py")]
    assert told == []


def test_only_the_lock_knows_where_packages_are_kept() -> None:
    lock = (ROOT / "uv.lock").read_text("utf-8")
    hosts = {urlsplit(url).hostname or "" for url in re.findall(r'"(https?://[^"]+)"', lock)}
    assert hosts
    told = [f"{path}: {h}" for path, text in written() for h in hosts if h and h in text]
    assert told == []


def _docstring(module: Path) -> str | None:
    return ast.get_docstring(tree(module))


def _is_silent(module: Path) -> bool:
    """Whether a module holds something and does not say what: an empty `__init__` holds nothing."""
    return bool(tree(module).body) and not _docstring(module)

"""The import contracts are kept, and each one has teeth: a planted violation breaks it."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.architecture.source import LAYERS, ROOT

LINT_IMPORTS = Path(sysconfig.get_path("scripts")) / "lint-imports"


def lint(folder: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    chosen = ["--contract", contract] if contract else []
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", *chosen],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The project's own contracts over empty layers, to plant one file in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in (*LAYERS, "statemodel/pathway"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    for name in ("statemodel/machine.py", "statemodel/pathway/identify.py", "worker.py", "web.py"):
        (tmp_path / name).touch()
    return tmp_path


def plant(house: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (house / name).write_text(text + "\n")


def test_the_project_keeps_its_contracts() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


def test_empty_layers_keep_every_contract(house: Path) -> None:
    told = lint(house)
    assert told.returncode == 0, told.stdout + told.stderr


BROKEN = [
    ("layers", {"statemodel/a.py": "import wire"}),
    ("layers", {"wire/a.py": "import config"}),
    ("layers", {"config/a.py": "import readmodel"}),
    ("layers", {"readmodel/a.py": "import workflows"}),
    ("layers", {"workflows/a.py": "import gateway"}),
    ("layers", {"gateway/a.py": "import activities"}),
    ("layers", {"activities/a.py": "import rehearsals"}),
    ("layers", {"rehearsals/a.py": "import cli"}),
    ("layers", {"api/a.py": "import console"}),
    ("pure", {"statemodel/a.py": "from temporalio import workflow"}),
    ("pure", {"statemodel/a.py": "import zoneinfo"}),
    ("pure", {"statemodel/a.py": "from statemodel import b", "statemodel/b.py": "import os"}),
    ("deterministic", {"workflows/a.py": "import sqlalchemy"}),
    ("deterministic", {"workflows/a.py": "import wire.b", "wire/b.py": "import pydantic"}),
    ("deterministic", {"workflows/a.py": "import config.b", "config/b.py": "import pathlib"}),
    ("watchdog", {"watchdog/a.py": "import statemodel"}),
    ("watchdog", {"watchdog/a.py": "import readmodel"}),
    ("roots", {"cli/a.py": "import worker"}),
    ("roots", {"rehearsals/a.py": "import web"}),
    ("machine", {"statemodel/a.py": "import transitions"}),
    ("machine", {"cli/a.py": "from transitions import Machine"}),
    ("guards", {"workflows/a.py": "from statemodel.pathway import identify"}),
    ("guards", {"wire/a.py": "import statemodel.machine"}),
]


@pytest.mark.parametrize(("contract", "files"), BROKEN)
def test_a_violation_breaks_its_contract(house: Path, contract: str, files: dict[str, str]) -> None:
    plant(house, files)
    told = lint(house, contract)
    assert told.returncode == 1, told.stdout + told.stderr
    assert "BROKEN" in told.stdout


def test_what_a_library_imports_is_its_own_affair(house: Path) -> None:
    plant(
        house,
        {
            "workflows/a.py": "from temporalio import workflow\nimport statemodel.commands",
            "statemodel/machine.py": "from transitions import Machine",
            "statemodel/commands.py": "from statemodel.pathway import identify",
        },
    )
    told = lint(house)
    assert told.returncode == 0, told.stdout + told.stderr

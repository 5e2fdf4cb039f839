"""Where the training finds its data: folders that the environment names, and its own working folder."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = Path(os.environ.get("EVENTWIRE_TRAINING_WORK", HERE / "work"))
MODELS = ROOT / "models"

# Sentences at the end of GermEval 2014 test that are measured and never trained on.
GERMEVAL_HELD_OUT = 1_100


def _folder(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        raise SystemExit(f"{variable} is not set: name the folder that training/README.md describes")
    return Path(value)


def treebanks() -> Path:
    """The folder with the UD files, named as in training/README.md."""
    return _folder("EVENTWIRE_TREEBANKS")


def name_sets() -> Path:
    """The folder with the NER sets."""
    return _folder("EVENTWIRE_NER")


def texts() -> Path:
    """The folder with raw news text as gzipped JSON Lines, each line with a `text`."""
    return _folder("EVENTWIRE_TEXTS")


def more_texts() -> list[Path]:
    """Further JSON Lines files with raw text, separated by the platform's path separator; may be none."""
    value = os.environ.get("EVENTWIRE_MORE_TEXTS", "")
    return [Path(part) for part in value.split(os.pathsep) if part]


def encoder() -> Path:
    """The file e5-small-q4.bin, which `training/coder/base.py` reads."""
    return _folder("EVENTWIRE_ENCODER")

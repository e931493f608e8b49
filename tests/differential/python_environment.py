"""Makes a test run under the project's own Python environment.

Importing this module re-executes the running script with `build/venv/bin/python` when that exists and is not
already the interpreter, gives the process an empty home and no AWS settings, and fixes the time zone, so that
neither botocore nor botocxx sees anything of the user's.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA_PATH = os.environ.get("AWS_DATA_PATH", "")  # as given: only the stand-in for the program heeds it
BOTOCORE_VERSION = "1.43.67"


def _enter_venv() -> None:
    venv = os.path.join(ROOT, "build", "venv")
    python = os.path.join(venv, "bin", "python")
    inside = os.path.realpath(sys.prefix) == os.path.realpath(venv)
    if inside or not os.path.exists(python):
        return
    os.execv(python, [python, *sys.argv])


def _forget_the_user() -> None:
    for name in [n for n in os.environ if n.startswith("AWS_") or n.lower().endswith("_proxy")]:
        del os.environ[name]
    home = tempfile.mkdtemp(prefix="botocxx-differential-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(HOME=home, TZ="UTC", BOTO_DISABLE_CRT="true", AWS_EC2_METADATA_DISABLED="true")


def missing_botocore() -> str | None:
    """Why the comparison cannot be made, or None."""
    try:
        import botocore
    except ImportError:
        return f"botocore=={BOTOCORE_VERSION} is not installed in {sys.prefix}"
    if botocore.__version__ != BOTOCORE_VERSION:
        return f"botocore is {botocore.__version__}, the comparison is made with {BOTOCORE_VERSION}"
    return None


_enter_venv()
_forget_the_user()

#!/usr/bin/env python3
"""What `cmake --install` lays down is complete, and usable by CMake, by pkg-config and as a subproject."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = Path(os.environ.get("BOTOCXX_BUILD", ROOT / "build/release"))
sys.path.insert(0, str(ROOT / "tests/support"))
import closing_line  # noqa: E402


def run(*command, env=None, cwd=None):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd,
                            env={**os.environ, **(env or {})})
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout[-4000:]}\n{result.stderr[-4000:]}")
    return result.stdout


class Prefix(unittest.TestCase):
    """An installation in a scratch folder."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.here = Path(cls.scratch.name)
        cls.prefix = cls.here / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()


class Package(Prefix):
    def configure_consumer(self, name, *options):
        folder = self.here / name
        run("cmake", "-S", HERE / "consumer", "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", *options)
        return folder

    def run_consumer(self, folder):
        run("cmake", "--build", folder, "--target", "consumer")
        return run(folder / "consumer")

    def test_every_public_header_is_there_and_nothing_else(self):
        expected = sorted(p.relative_to(ROOT / "include") for p in (ROOT / "include").rglob("*.h"))
        found = sorted(p.relative_to(self.prefix / "include") for p in (self.prefix / "include").rglob("*") if p.is_file())
        self.assertEqual(found, expected)

    def test_the_models_of_both_roots_are_there(self):
        models = self.prefix / "share/botocxx/models"
        own = sorted(p.relative_to(ROOT / "models") for p in (ROOT / "models").rglob("*.json"))
        self.assertEqual(sorted(p.relative_to(models / "botocxx") for p in (models / "botocxx").rglob("*.json")), own)
        if not (ROOT / "build/models/data").is_dir():
            self.skipTest("no upstream models in build/models; tools/models could not bring them")
        for name in ("s3/2006-03-01/service-2.json", "endpoints.json"):
            self.assertTrue((models / "upstream" / name).is_file(), name)

    def test_find_package_serves_a_consumer(self):
        folder = self.configure_consumer("find_package", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        self.assertEqual(self.run_consumer(folder), "photos 3\n")

    def test_add_subdirectory_serves_a_consumer(self):
        """Building the library once more takes minutes: the short form compiles the consumer's own file only."""
        folder = self.configure_consumer("add_subdirectory", f"-DBOTOCXX_SOURCE={ROOT}")
        if os.environ.get("BOTOCXX_TEST_ALL"):
            self.assertEqual(self.run_consumer(folder), "photos 3\n")
        else:
            run("ninja", "-C", folder, "CMakeFiles/consumer.dir/consumer.cc.o")

    def test_pkg_config_serves_a_compiler_line(self):
        if not shutil.which("pkg-config"):
            self.skipTest("pkg-config is not installed")
        env = {"PKG_CONFIG_PATH": str(self.prefix / "lib/pkgconfig")}
        where = f"--define-variable=prefix={self.prefix}"
        flags = run("pkg-config", where, "--cflags", "--libs", "botocxx", env=env).split()
        program = self.here / "by_pkg_config"
        run("c++", "-std=c++20", HERE / "consumer/consumer.cc", "-o", program, *flags)
        self.assertEqual(run(program), "photos 3\n")

    def test_no_installed_text_file_names_the_build_tree(self):
        for path in self.prefix.rglob("*"):
            if path.suffix in (".cmake", ".pc", ".h", ".1"):
                self.assertNotRegex(path.read_text(encoding="utf-8"), re.escape(str(ROOT)), str(path))


class Program(Prefix):
    def test_the_installed_program_finds_its_models(self):
        program = self.prefix / "bin/botocxx"
        if not program.exists():
            self.skipTest("this build has no program")
        moved = self.here / "moved"
        shutil.copytree(self.prefix, moved, dirs_exist_ok=True)
        output = run(moved / "bin/botocxx", "models", "where", "s3")
        self.assertIn(str(moved / "share/botocxx/models"), output)
        self.assertNotIn(str(ROOT), output)


if __name__ == "__main__":
    closing_line.main()

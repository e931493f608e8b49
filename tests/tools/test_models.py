#!/usr/bin/env python3
"""tools/models: what it refuses, what it lays out, and what it says when no index answers."""
import functools
import gzip
import hashlib
import http.server
import importlib.machinery
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import closing_line  # noqa: E402


def load(path):
    loader = importlib.machinery.SourceFileLoader("models_tool", str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("models_tool", loader))
    loader.exec_module(module)
    return module


models = load(ROOT / "tools/models")


def make_sdist(path, members, links=()):
    with tarfile.open(path, "w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
        for name, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return hashlib.sha256(path.read_bytes()).hexdigest()


BOTOCORE = {
    "botocore-1.0/botocore/data/s3/2006-03-01/service-2.json": "{}",
    "botocore-1.0/botocore/session.py": "not wanted",
    "botocore-1.0/tests/unit/protocols/input/query.json": "[]",
}
BOTO3 = {"boto3-1.0/boto3/data/s3/2006-03-01/resources-1.json": '{"r": 1}'}


class Folder(unittest.TestCase):
    """A scratch folder with two small source distributions and a lock file that pins them."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.here = Path(scratch.name)
        self.output = self.here / "out"
        self.files = [self.here / "botocore-1.0.tar.gz", self.here / "boto3-1.0.tar.gz"]
        self.pin(make_sdist(self.files[0], BOTOCORE), make_sdist(self.files[1], BOTO3))

    def pin(self, botocore, boto3):
        self.lock = self.here / "lock"
        self.lock.write_text(f"# pins\nbotocore==1.0 sha256:{botocore}\nboto3==1.0 sha256:{boto3}\n")

    def pin_botocore(self, members, links=()):
        boto3 = hashlib.sha256(self.files[1].read_bytes()).hexdigest()
        self.pin(make_sdist(self.files[0], members, links), boto3)

    def run_tool(self, *arguments, files=None, env=None):
        command = [sys.executable, str(ROOT / "tools/models"), "--lock", str(self.lock), "--output", str(self.output),
                   "--cache", str(self.here / "cache"), *arguments]
        for file in self.files if files is None else files:
            command += ["--from", str(file)]
        no_index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
        return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **no_index, **(env or {})})

    def assert_refused(self, result, *words):
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertFalse(self.output.exists(), "a refused file must leave nothing behind")


class LayOut(Folder):
    def test_puts_both_packages_into_one_root_and_the_tests_beside_it(self):
        result = self.run_tool()
        self.assertEqual(result.returncode, 0, result.stderr)
        found = sorted(str(p.relative_to(self.output)) for p in self.output.rglob("*") if p.is_file())
        self.assertEqual(found, ["data/s3/2006-03-01/resources-1.json", "data/s3/2006-03-01/service-2.json",
                                 "stamp.json", "tests/botocore/unit/protocols/input/query.json"])

    def test_second_run_touches_nothing(self):
        self.run_tool()
        before = (self.output / "stamp.json").stat().st_mtime_ns
        result = self.run_tool(files=[])
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual((self.output / "stamp.json").stat().st_mtime_ns, before)

    def test_a_new_pin_replaces_the_old_layout_whole(self):
        self.run_tool()
        self.pin_botocore({"botocore-1.0/botocore/data/sqs/1/service-2.json": "{}"})
        self.assertEqual(self.run_tool().returncode, 0)
        self.assertFalse((self.output / "data/s3/2006-03-01/service-2.json").exists())
        self.assertTrue((self.output / "data/sqs/1/service-2.json").exists())
        self.assertEqual([p.name for p in self.here.glob(".out.*") if p.name != ".out.lock"], [])

    def test_a_renamed_local_file_is_known_by_its_hash(self):
        renamed = self.here / "download.bin"
        os.rename(self.files[0], renamed)
        self.assertEqual(self.run_tool(files=[renamed, self.files[1]]).returncode, 0)

    def test_check_tells_whether_the_output_is_current(self):
        self.assertEqual(self.run_tool("--check", files=[]).returncode, 1)
        self.run_tool()
        self.assertEqual(self.run_tool("--check", files=[]).returncode, 0)

    def test_list_names_every_pin_and_its_state(self):
        self.assertRegex(self.run_tool("--list", files=[]).stdout, r"^botocore==1.0 sha256:\w{64} absent\nboto3==1.0")


class Refusals(Folder):
    def test_a_wrong_hash_names_file_both_hashes_and_the_line_of_the_lock(self):
        self.pin("0" * 64, "1" * 64)
        self.assert_refused(self.run_tool(), "botocore-1.0.tar.gz", "0" * 64, "lock:2", "refused")

    def test_a_truncated_file(self):
        self.files[0].write_bytes(self.files[0].read_bytes()[:-20])
        self.assert_refused(self.run_tool(), "cut short")

    def test_a_damaged_file_is_refused_even_where_the_output_is_current(self):
        self.run_tool()
        self.files[0].write_bytes(b"x")
        self.assertEqual(self.run_tool().returncode, 1)
        self.assertTrue((self.output / "stamp.json").exists())

    def test_a_pinned_file_that_is_no_archive(self):
        self.files[0].write_bytes(b"plain text")
        self.pin(hashlib.sha256(b"plain text").hexdigest(), hashlib.sha256(self.files[1].read_bytes()).hexdigest())
        self.assert_refused(self.run_tool(), "cannot be unpacked")

    def test_members_that_point_outside(self):
        for name in ("botocore-1.0/botocore/data/../../../../evil", "/etc/evil", "../evil", "botocore-1.0/tests/..\\x"):
            with self.subTest(name):
                self.pin_botocore({**BOTOCORE, name: "x"})
                self.assert_refused(self.run_tool(), "points outside")

    def test_members_outside_the_top_folder(self):
        self.pin_botocore({**BOTOCORE, "other-1.0/botocore/data/x.json": "{}"})
        self.assert_refused(self.run_tool(), "not under 'botocore-1.0/'")

    def test_links(self):
        self.pin_botocore(BOTOCORE, links=[("botocore-1.0/botocore/data/link", "/etc/passwd")])
        self.assert_refused(self.run_tool(), "neither a file nor a folder")

    def test_the_same_place_written_by_both_packages(self):
        boto3 = make_sdist(self.files[1], {"boto3-1.0/boto3/data/s3/2006-03-01/service-2.json": "{}"})
        self.pin(hashlib.sha256(self.files[0].read_bytes()).hexdigest(), boto3)
        self.assert_refused(self.run_tool(), "written twice")

    def test_an_archive_without_any_model(self):
        self.pin_botocore({"botocore-1.0/setup.py": ""})
        self.assert_refused(self.run_tool(), "holds none of botocore/data/")

    def test_a_local_file_that_is_missing_or_of_no_pinned_package(self):
        self.assert_refused(self.run_tool(files=[self.here / "absent.tar.gz"]), "no such file")
        stranger = self.here / "other-2.0.tar.gz"
        stranger.write_bytes(b"x")
        self.assert_refused(self.run_tool(files=[stranger]), "expected botocore-1.0.tar.gz, boto3-1.0.tar.gz")

    def test_one_local_file_of_two_and_no_index(self):
        self.assert_refused(self.run_tool(files=self.files[:1]), "boto3-1.0.tar.gz was not given with --from")

    def test_lock_files_that_do_not_parse_name_the_line(self):
        for text, word in (("botocore 1.0", "lock:1"), ("\nbotocore==1.0 sha256:12", "lock:2"),
                           ("left==1 sha256:" + "0" * 64, "unknown package 'left'"), ("# none", "pins no package")):
            with self.subTest(text):
                self.lock.write_text(text)
                self.assert_refused(self.run_tool(), word)


class Index(Folder):
    """A package index on a loopback port, in both of the forms that indexes answer in."""

    def serve(self, pages):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                kind, body = pages.get(self.path, (None, b""))
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": f"http://user:sesame@127.0.0.1:{server.server_port}/simple"}

    def pages(self, botocore=None):
        return {
            "/simple/botocore/": ("text/html", b'<a href="../../f/botocore-1.0.tar.gz#sha256=00">botocore-1.0.tar.gz</a>'),
            "/f/botocore-1.0.tar.gz": ("application/gzip", botocore or self.files[0].read_bytes()),
            "/simple/boto3/": ("application/vnd.pypi.simple.v1+json",
                               json.dumps({"files": [{"url": "/f/boto3-1.0.tar.gz"}]}).encode()),
            "/f/boto3-1.0.tar.gz": ("application/gzip", self.files[1].read_bytes()),
        }

    def test_downloads_from_the_index_that_pip_is_configured_for(self):
        result = self.run_tool(files=[], env=self.serve(self.pages()))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue((self.output / "data/s3/2006-03-01/resources-1.json").exists())

    def test_refuses_a_download_with_another_hash_and_keeps_it_out_of_the_cache(self):
        result = self.run_tool(files=[], env=self.serve(self.pages(botocore=b"changed")))
        self.assert_refused(result, "refused", "expected")
        self.assertEqual(list((self.here / "cache").iterdir()), [])

    def test_fetches_again_what_is_damaged_in_the_cache(self):
        (self.here / "cache").mkdir()
        (self.here / "cache/boto3-1.0.tar.gz").write_bytes(b"damaged")
        result = self.run_tool(files=[], env=self.serve(self.pages()))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("damaged, fetched again", result.stderr)

    def test_an_index_without_the_version_says_so_and_shows_no_password(self):
        pages = {**self.pages(), "/simple/botocore/": ("text/html", b'<a href="botocore-0.9.tar.gz">old</a>')}
        result = self.run_tool(files=[], env={**self.serve(pages), "PATH": "/nonexistent"})
        self.assertIn("lists no botocore-1.0.tar.gz", result.stderr)
        self.assertNotIn("sesame", result.stderr)


class Crates(Folder):
    """The crate that carries tests, from an index as cargo's configuration names it."""

    serve = Index.serve

    def setUp(self):
        super().setUp()
        self.crate = self.here / "jmespath-0.5.crate"
        digest = make_sdist(self.crate, {"jmespath-0.5/tests/compliance/basic.json": "[]", "jmespath-0.5/src/lib.rs": ""})
        self.lock.write_text(self.lock.read_text() + f"jmespath==0.5 sha256:{digest}\n")

    def cargo(self, pages):
        served = self.serve(pages)
        port = served["PIP_INDEX_URL"].rpartition(":")[2].partition("/")[0]
        (self.here / "config.toml").write_text(
            '[net]\nretry = 1\n\n[source.crates-io]\nreplace-with = "near"\n\n[source.near]\n'
            f'registry = "sparse+http://127.0.0.1:{port}/index/"\n')
        return {"CARGO_HOME": str(self.here)}

    def test_comes_from_the_index_that_cargo_is_configured_for(self):
        for template in ("/dl/{crate}-{version}.crate", "/dl"):
            shutil.rmtree(self.output, ignore_errors=True)
            shutil.rmtree(self.here / "cache", ignore_errors=True)
            pages = {path: ("application/gzip", self.crate.read_bytes())
                     for path in ("/dl/jmespath-0.5.crate", "/dl/jmespath/0.5/download")}
            environment = self.cargo(pages)
            port = re.search(r"127\.0\.0\.1:(\d+)", (self.here / "config.toml").read_text())[1]
            pages["/index/config.json"] = ("application/json", json.dumps({"dl": f"http://127.0.0.1:{port}{template}"}).encode())
            result = self.run_tool(env=environment)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertTrue((self.output / "tests/jmespath/basic.json").exists(), result.stderr)
            self.assertFalse((self.output / "tests/jmespath/lib.rs").exists())

    def test_without_it_everything_else_is_laid_out_with_a_warning(self):
        result = self.run_tool(env=self.cargo({}))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("warning: jmespath-0.5.crate cannot be had", result.stderr)
        self.assertTrue((self.output / "data/s3/2006-03-01/service-2.json").exists())
        self.assertEqual(self.run_tool("--check", files=[]).returncode, 0)
        self.assertRegex(self.run_tool("--list", files=[]).stdout, r"jmespath==0.5 sha256:\w{64} absent")

    def test_a_crate_with_another_hash_is_refused(self):
        self.crate.write_bytes(b"changed")
        self.assert_refused(self.run_tool(files=[*self.files, self.crate]), "refused", "jmespath-0.5.crate")

    def test_a_replacement_that_is_no_sparse_index_is_named(self):
        (self.here / "config.toml").write_text('[source.crates-io]\nreplace-with = "vendored"\n')
        result = self.run_tool(env={"CARGO_HOME": str(self.here)})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("'vendored', which is no sparse registry", result.stderr)


class Fallback(Folder):
    def test_without_an_index_or_debian_it_says_what_to_pass(self):
        if Path("/usr/lib/python3/dist-packages/botocore").is_dir():
            self.skipTest("Debian's python3-botocore is installed here")
        result = self.run_tool(files=[], env={"PATH": "/nonexistent"})
        self.assert_refused(result, "--from", "botocore-1.0.tar.gz")

    def test_the_warning_says_which_version_and_how_old(self):
        text = models.fallback_warning("1.29.27+repack-1", 1_600_000_000, "no route", now=1_600_000_000 + 86400 * 100)
        self.assertIn("1.29.27+repack-1 (2020-09-13, 100 days old)", text)
        self.assertIn("no route", text)

    def test_version_and_date_come_from_the_change_log(self):
        folder = self.here / "usr/share/doc/python3-botocore"
        folder.mkdir(parents=True)
        with gzip.open(folder / "changelog.Debian.gz", "wt") as file:
            file.write("python-botocore (1.2-3) unstable; urgency=medium\n\n  * x\n\n"
                       " -- A Person <a@example.org>  Mon, 02 Jan 2023 03:04:05 +0000\n")
        version, date = models.debian_version(self.here, "python3-botocore")
        self.assertEqual(version, "1.2-3")
        self.assertEqual(int(date), int(models.time.mktime((2023, 1, 2, 3, 4, 5, 0, 0, -1))))

    def test_data_of_a_fallback_is_never_current(self):
        self.output.mkdir()
        stamp = {**models.wanted_stamp(models.read_lock(self.lock)), "fallback": "python3-botocore 1"}
        (self.output / "stamp.json").write_text(json.dumps(stamp))
        self.assertFalse(models.is_current(self.output, models.read_lock(self.lock)))


if __name__ == "__main__":
    closing_line.main()

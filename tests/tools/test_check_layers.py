#!/usr/bin/env python3
"""tools/check_layers on small trees: each rule must fire where it should, and only there."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import closing_line  # noqa: E402


class Tree(unittest.TestCase):
    def check(self, **files):
        """Lines reported for a tree; keys are paths with `__` for `/`, and a trailing `_h` or `_cc` for the ending."""
        return self.check_paths({self.path_of(key): text for key, text in files.items()})

    @staticmethod
    def path_of(key):
        stem, _, ending = key.replace("__", "/").rpartition("_")
        return f"{stem}.{ending}"

    def check_paths(self, files):
        with tempfile.TemporaryDirectory() as scratch:
            for name, text in files.items():
                path = Path(scratch) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            command = [sys.executable, str(ROOT / "tools/check_layers"), scratch]
            result = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(result.stderr, "")
        self.assertEqual(result.returncode, 1 if result.stdout else 0)
        return result.stdout.splitlines()

    def assert_one(self, lines, start):
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(start), lines[0])


class Layers(Tree):
    def test_a_lower_level_may_be_included(self):
        self.assertEqual(self.check(src__model__a_cc='#include "codec/json.h"\n#include <botocxx/value/value.h>\n'), [])

    def test_a_higher_level_may_not(self):
        lines = self.check(src__codec__a_cc='\n#include "model/shape.h"\n')
        self.assert_one(lines, "src/codec/a.cc:2: layers: codec (level 3) includes model/shape.h of level 4")

    def test_a_public_header_of_a_higher_level_may_not_either(self):
        self.assert_one(self.check(src__value__a_cc="#include <botocxx/client/client.h>\n"), "src/value/a.cc:1: layers")

    def test_the_same_level_may_not(self):
        self.assert_one(self.check(src__auth__a_cc='#include "protocol/xml.h"\n'), "src/auth/a.cc:1: layers: auth includes")

    def test_the_object_layer_may_use_the_helpers_beside_it_but_not_the_reverse(self):
        self.assertEqual(self.check(src__resource__a_cc='#include "transfer/upload.h"\n'), [])
        self.assert_one(self.check(src__transfer__a_cc='#include "resource/object.h"\n'), "src/transfer/a.cc:1: layers")

    def test_the_command_line_uses_public_headers_only(self):
        self.assertEqual(self.check(src__cli__a_cc='#include "cli/options.h"\n#include <botocxx/client/client.h>\n'), [])
        self.assert_one(self.check(src__cli__a_cc='#include "client/orchestrator.h"\n'), "src/cli/a.cc:1: layers")

    def test_an_unknown_module_is_named(self):
        self.assertIn("src/extra:1: layers: unknown module", self.check(src__extra__a_cc="")[0])

    def test_an_include_in_a_comment_or_string_is_none(self):
        self.assertEqual(self.check(src__base__a_cc='// #include "cli/x.h"\nauto s = R"(\n#include "cli/x.h"\n)";\n'), [])

    def test_the_header_of_everything_is_for_programs(self):
        self.assert_one(self.check(src__client__a_cc="#include <botocxx/botocxx.h>\n"), "src/client/a.cc:1: layers")


class Includes(Tree):
    def test_each_third_party_library_has_its_files(self):
        for header, good, bad in (("rapidjson/reader.h", "src/codec/json_reader.cc", "src/protocol/json.cc"),
                                  ("libxml/xmlreader.h", "src/codec/xml.cc", "src/codec/json.cc"),
                                  ("openssl/evp.h", "src/auth/ec_key.cc", "src/auth/sigv4.cc"),
                                  ("curl/curl.h", "src/transport/curl_client.cc", "src/transport/recorded.cc"),
                                  ("zlib.h", "src/integrity/gzip.cc", "src/model/loader.cc"),
                                  ("xxhash.h", "src/integrity/checksum.cc", "src/model/hash.cc"),
                                  ("fmt/format.h", "src/client/a.cc", "src/client/a.h"),
                                  ("sqlite3.h", "tools/objectscale-local/store.cc", "src/server/store.cc"),
                                  ("gtest/gtest.h", "tests/unit/a_test.cc", "src/client/a.cc")):
            with self.subTest(header):
                text = f"#pragma once\n#include <{header}>\n"
                self.assertEqual(self.check_paths({good: text}), [])
                self.assert_one(self.check_paths({bad: text}), f"{bad}:2: third-party")

    def test_public_headers_include_only_public_headers_and_the_standard_library(self):
        good = "#pragma once\n#include <botocxx/base/result.h>\n#include <memory_resource>\n"
        self.assertEqual(self.check(include__botocxx__value__a_h=good), [])
        for include in ('"value/node.h"', "<fmt/format.h>", "<sys/stat.h>", "<strange.h>"):
            with self.subTest(include):
                lines = self.check(include__botocxx__value__a_h=f"#pragma once\n#include {include}\n")
                self.assertEqual(len(lines), 1, lines)

    def test_pure_modules_see_no_files_clocks_or_system_headers(self):
        for text in ("#include <fstream>", "#include <unistd.h>", "auto t = std::chrono::steady_clock::now();"):
            with self.subTest(text):
                self.assert_one(self.check(src__retry__a_cc=text + "\n"), "src/retry/a.cc:1: purity")
        self.assertEqual(self.check(src__transport__a_cc="#include <unistd.h>\n"), [])


class Calls(Tree):
    def test_banned_calls_have_their_one_home(self):
        for call in ('getenv("X")', 'std::getenv("X")', "std::chrono::system_clock::now()", "std::random_device d",
                     "std::cout << 1", 'printf("x")', "abort()", "std::exit(1)"):
            with self.subTest(call):
                self.assert_one(self.check(src__client__a_cc=f"void f() {{ {call}; }}\n"), "src/client/a.cc:1: banned-call")
                self.assertEqual(self.check(src__base__host_cc=f"void f() {{ {call}; }}\n"), [])
                self.assertEqual(self.check(src__cli__main_cc=f"void f() {{ {call}; }}\n"), [])

    def test_words_that_only_look_like_them_are_fine(self):
        text = 'environment.getenv_like(); exit_code(); call.abort(); on_exit(); snprintf(b, 1, ""); // abort()\nauto s = "exit(1)";\n'
        self.assertEqual(self.check(src__client__a_cc=text), [])

    def test_services_are_named_only_where_that_is_the_purpose(self):
        self.assert_one(self.check(src__auth__a_cc='bool b = name == "s3";\n'), "src/auth/a.cc:1: service-name")
        self.assertEqual(self.check(src__customize__a_cc='bool b = name == "s3";\n'), [])
        self.assertEqual(self.check(src__auth__a_cc='// as "s3" does\nauto v = "s3v4";\n'), [])

    def test_a_line_may_be_allowed_with_a_reason_but_not_without(self):
        allowed = "// check_layers: allow service-name: the name of a section of the shared file\nauto s = \"s3\";\n"
        self.assertEqual(self.check(src__config__a_cc=allowed), [])
        self.assertEqual(len(self.check(src__config__a_cc='auto s = "s3";  // check_layers: allow service-name:\n')), 1)
        self.assertEqual(len(self.check(src__config__a_cc='auto s = "s3";  // check_layers: allow layers: why\n')), 1)


    def test_a_file_may_be_allowed_with_a_reason_too(self):
        text = "// check_layers: allow-file service-name: option names\n\n\nauto s = \"s3\";\n"
        self.assertEqual(self.check(src__config__a_cc=text), [])
        self.assertEqual(len(self.check(src__config__a_cc=text.replace(": option names", ":"))), 1)


class Names(Tree):
    def test_words_that_say_nothing_are_refused(self):
        for name in ("src/base/utils.cc", "src/client/retry_manager.cc", "tests/helpers/a.cc"):
            with self.subTest(name):
                self.assert_one(self.check_paths({name: ""}), name.replace("/a.cc", ""))

    def test_files_are_snake_case(self):
        self.assert_one(self.check_paths({"src/base/BigThing.cc": ""}), "src/base/BigThing.cc:1: file-name")

    def test_headers_have_a_guard_no_using_namespace_and_no_foreign_macros(self):
        self.assert_one(self.check(src__base__a_h="\n"), "src/base/a.h:1: header: no `#pragma once`")
        self.assert_one(self.check(src__base__a_h="#pragma once\nusing namespace std;\n"), "src/base/a.h:2: header")
        self.assert_one(self.check(include__botocxx__base__a_h="#pragma once\n#define CHECK(x)\n"), "include/botocxx/base/a.h:2")


class FunctionSize(Tree):
    LONG = "  int x = 1;\n" * 79

    def test_more_than_eighty_lines_are_refused(self):
        for head in ("int f(int a)", "void Type::method() const", "TEST(Suite, Name)", "Type::Type(int a) : a_(a)",
                     "auto f() -> std::vector<int>"):
            with self.subTest(head):
                lines = self.check(src__base__a_cc=f"namespace a {{\n{head} {{\n{self.LONG}}}\n}}\n")
                self.assert_one(lines, "src/base/a.cc:2: function-size")

    def test_exactly_eighty_lines_pass(self):
        shorter = self.LONG[: -len("  int x = 1;\n")]
        self.assertEqual(self.check(src__base__a_cc=f"int f() {{\n{shorter}}}\n"), [])

    def test_long_types_namespaces_and_tables_are_no_functions(self):
        for head, tail in (("namespace a {", "}"), ("struct A {", "};"), ("enum class A {", "};"), ("int table[] = {", "};"),
                           ("class A : public B<int> {", "};")):
            with self.subTest(head):
                self.assertEqual(self.check(src__base__a_cc=f"{head}\n{self.LONG}{tail}\n"), [])

    def test_methods_inside_a_class_count_one_by_one(self):
        method = "  void f() {\n" + "    x();\n" * 50 + "  }\n"
        self.assertEqual(self.check(src__base__a_cc="class A {\n" + method * 3 + "};\n"), [])

    def test_braces_in_strings_and_comments_do_not_count(self):
        text = "void f() {\n  auto s = \"}\";  // }\n  auto c = '{';\n" + self.LONG + "}\n"
        self.assert_one(self.check(src__base__a_cc=text), "src/base/a.cc:1: function-size: f has 83 lines")


if __name__ == "__main__":
    closing_line.main()

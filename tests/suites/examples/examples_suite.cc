// Every example of every model, as a test `examples.SERVICE/VERSION` `OPERATION.NUMBER`: the input
// is valid, is serialized, routed and decoded again; the output is valid, is encoded and parsed
// again.
#include "codec/json.h"
#include "model/compiler.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "support/http_request.h"
#include "support/round_trip_expectation.h"
#include "validate/validate.h"
#include <botocxx/base/host.h>
#include <botocxx/server/router.h>
#include <botocxx/server/service_codec.h>

#include <fmt/format.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

namespace botocxx::suites {
namespace {

std::string read(const std::string& path) {
  return system_host().files->read_file(path).value_or("");
}

using Reasons = std::map<std::string, std::string>;

/// "s3/2006-03-01 GetObject.0 output" → the reason.
Reasons read_reasons(const std::string& file) {
  Reasons found;
  std::istringstream lines(read(BOTOCXX_SOURCE_DIR "/tests/suites/examples/" + file));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::size_t half = line.find(' ', line.find(' ') + 1);
    std::size_t end = line.find(' ', half + 1);
    found.emplace(line.substr(0, end), line.substr(end + 1));
  }
  return found;
}

const Reasons& refused() {
  static const Reasons kRefused = read_reasons("refused.txt");
  return kRefused;
}

const Reasons& set_aside() {
  static const Reasons kSetAside = read_reasons("set_aside.txt");
  return kSetAside;
}

std::set<std::string>& known_halves() {
  static std::set<std::string> known;
  return known;
}

using Model = std::shared_ptr<const ServiceModel>;

/// The last one is kept: tests of one model follow each other.
Model load(const std::string& label) {
  static std::pair<std::string, Model> last;
  if (last.first == label) return last.second;
  std::size_t slash = label.find('/');
  auto json =
      codec::parse_json(read(fmt::format("{}/{}/service-2.json", BOTOCXX_MODELS_DATA, label)));
  last = {label,
          model::compile_and_open(json.value(), label.substr(0, slash), label.substr(slash + 1))
              .value()};
  return last.second;
}

/// Examples are JSON: octets and instants are texts there.
Value typed(const Member& member, const Value& value) {
  if (value.is_null() || member.shape().is_document()) return value;
  Value out = value;
  switch (member.shape().type()) {
    case ShapeType::kStructure:
      for (Value::Member& entry : out.members()) {
        auto part = member.shape().find_member(entry.key);
        if (part) entry.value = typed(*part, entry.value);
      }
      return out;
    case ShapeType::kList:
      for (Value& item : out.items()) item = typed(member.shape().list_member(), item);
      return out;
    case ShapeType::kMap:
      for (Value::Member& entry : out.members()) {
        entry.value = typed(member.shape().map_value(), entry.value);
      }
      return out;
    case ShapeType::kBlob:
      return Value(Bytes{value.as_bytes()});
    case ShapeType::kTimestamp:
      if (value.is_int()) return Value(Timestamp::from_unix(value.as_int()));
      if (value.is_double()) return Value(Timestamp::from_unix_double(value.as_double()));
      return Value(Timestamp::parse(value.as_string()).value());
    default:
      return out;
  }
}

class ExampleTest : public ::testing::Test {
 public:
  ExampleTest(std::string label, std::string operation, std::size_t number, Value example)
      : label_(std::move(label)),
        operation_(std::move(operation)),
        number_(number),
        example_(std::move(example)) {}

  void TestBody() override {
    Model model = load(label_);
    Operation operation = model->find_operation(operation_).value();
    protocol_ = model->resolved_protocol().value();
    if (example_.contains("input")) check(operation, operation.input(), "input");
    if (example_.contains("output")) check(operation, operation.output(), "output");
  }

 private:
  void check(const Operation& operation, const std::optional<Member>& shape,
             std::string_view half) {
    SCOPED_TRACE(half);
    std::string name = fmt::format("{} {}.{} {}", label_, operation_, number_, half);
    auto aside = set_aside().find(name);
    if (aside == set_aside().end()) return check_half(operation, shape, half, name);
    EXPECT_TRUE(fails([&] { check_half(operation, shape, half, name); }))
        << name << " passes now: take it out of set_aside.txt";
    GTEST_SKIP() << aside->second;
  }

  // Whether some expectation of `body` does not hold, without failing the test for it.
  template <typename Body>
  static bool fails(Body body) {
    ::testing::TestPartResultArray results;
    ::testing::ScopedFakeTestPartResultReporter reporter(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    try {
      body();
    } catch (const Exception&) {
      return true;
    }
    for (int i = 0; i < results.size(); ++i) {
      if (results.GetTestPartResult(i).failed()) return true;
    }
    return false;
  }

  void check_half(const Operation& operation, const std::optional<Member>& shape,
                  std::string_view half, const std::string& name) {
    const Value& value = example_[half];
    auto reason = refused().find(name);
    if (reason != refused().end()) {
      auto problems = shape
                          ? validate::find_problems(value, shape->shape())
                          : std::vector<std::string>{"the model has no output for this operation"};
      ASSERT_FALSE(problems.empty()) << "no longer refused: take it out of refused.txt";
      EXPECT_EQ(problems.front(), reason->second);
      return;
    }
    if (!shape) {
      EXPECT_TRUE(value.empty());
      if (half == "input") send(operation, value, value);
      return;
    }
    auto problems = validate::find_problems(value, shape->shape());
    ASSERT_TRUE(problems.empty()) << problems.front();
    if (half == "input") {
      send(operation, value, typed(*shape, value));
    } else {
      answer(operation, typed(*shape, value));
    }
  }

  void send(const Operation& operation, const Value& params, const Value& sent) {
    auto serialized = protocol::serialize(operation, protocol_, params);
    ASSERT_TRUE(serialized) << serialized.error().describe();
    HttpRequest request = testing::as_http_request(std::move(*serialized));
    Router router(load(label_));
    auto route = router.route(request);
    ASSERT_TRUE(route) << route.error().describe();
    auto decoded = decode_request({operation, route->labels}, protocol_, request);
    ASSERT_TRUE(decoded) << decoded.error().describe();
    Value expected = Value::object();
    if (operation.input()) {
      expected = Expectation(protocol_, log_).of_params(operation.input()->shape(), sent);
    }
    EXPECT_TRUE(same_value(expected, *decoded)) << "expected " << codec::write_json(expected)
                                                << "\ndecoded  " << codec::write_json(*decoded);
  }

  void answer(const Operation& operation, const Value& output) {
    auto response = encode_response(operation, protocol_, output);
    ASSERT_TRUE(response) << response.error().describe();
    bool streams = operation.has_streaming_output() || operation.event_stream_output();
    std::string body = streams ? "" : response->body.read_all().value();
    auto parsed = protocol::parse_output(operation, protocol_, *response, body,
                                         std::pmr::get_default_resource());
    ASSERT_TRUE(parsed) << parsed.error().describe() << " in " << body;
    Value expected = Expectation(protocol_, log_)
                         .of_output(operation.output()->shape(), output, response->status);
    if (auto stream = operation.event_stream_output()) {
      expected.erase(stream->name());
      parsed->erase(stream->name());
    }
    EXPECT_TRUE(same_value(expected, *parsed)) << "expected " << codec::write_json(expected)
                                               << "\nparsed   " << codec::write_json(*parsed);
  }

  std::string label_, operation_;
  std::size_t number_;
  Value example_;
  std::string protocol_;
  RuleLog log_;
};

std::size_t register_examples(const std::string& label) {
  std::string path = fmt::format("{}/{}/examples-1.json", BOTOCXX_MODELS_DATA, label);
  auto text = system_host().files->read_file(path);
  if (!text) return 0;
  Value document = codec::parse_json(*text).value();
  std::size_t count = 0;
  for (const Value::Member& entry : document["examples"].members()) {
    for (std::size_t number = 0; number < entry.value.size(); ++number) {
      ++count;
      std::string operation(entry.key.view()), name = fmt::format("{}.{}", operation, number);
      known_halves().insert(fmt::format("{} {} input", label, name));
      known_halves().insert(fmt::format("{} {} output", label, name));
      ::testing::RegisterTest(("examples." + label).c_str(), name.c_str(), nullptr, nullptr,
                              __FILE__, __LINE__,
                              [=, example = entry.value[number]]() -> ::testing::Test* {
                                return new ExampleTest(label, operation, number, example);
                              });
    }
  }
  return count;
}

const std::size_t kExamples = [] {
  const FileSystem& files = *system_host().files;
  std::size_t count = 0;
  auto services = files.list_directory(BOTOCXX_MODELS_DATA);
  if (!services) return count;
  for (const std::string& service : *services) {
    auto versions = files.list_directory(fmt::format("{}/{}", BOTOCXX_MODELS_DATA, service));
    if (!versions) continue;
    for (const std::string& version : *versions) {
      count += register_examples(fmt::format("{}/{}", service, version));
    }
  }
  return count;
}();

TEST(Examples, AreThere) {
  if (kExamples == 0) {
    GTEST_SKIP() << "the upstream models are not there (" << BOTOCXX_MODELS_DATA
                 << "): run tools/models";
  }
  EXPECT_GE(kExamples, 1396U);
  for (const auto& [half, reason] : set_aside()) EXPECT_TRUE(known_halves().contains(half)) << half;
  for (const auto& [half, reason] : refused()) EXPECT_TRUE(known_halves().contains(half)) << half;
}

}  // namespace
}  // namespace botocxx::suites

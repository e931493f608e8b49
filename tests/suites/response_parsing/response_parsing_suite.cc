// Answers of real services with the results that botocore's own suite states, as tests named
// `<service>-<operation>`.
#include "codec/json.h"
#include "model/compiler.h"
#include "protocol/parser.h"
#include <botocxx/base/host.h>
#include <botocxx/model/service_model.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace botocxx::suites {
namespace {

// What these hold is read by handlers of the client's: a root that is the result itself, policies
// as JSON. botocore's own runner leaves them out, too.
constexpr std::string_view kNotTheParsers[] = {"s3-get-bucket-location", "iam-get-user-policy",
                                               "iam-list-roles", "cloudformation-get-template"};

std::shared_ptr<const ServiceModel> latest_model(const std::string& service) {
  static std::map<std::string, std::shared_ptr<const ServiceModel>> models;
  auto& model = models[service];
  if (model) return model;
  const FileSystem& files = *system_host().files;
  std::string folder = fmt::format("{}/{}", BOTOCXX_MODELS_DATA, service);
  std::string version = files.list_directory(folder).value().back();
  auto text = files.read_file(fmt::format("{}/{}/service-2.json", folder, version)).value();
  model = model::compile_and_open(codec::parse_json(text).value(), service, version).value();
  return model;
}

// The suite leaves instants as the texts that came; ours are compared by their value.
bool same(const Value& expected, const Value& actual) {
  if (actual.is_timestamp()) {
    auto time = Timestamp::parse(expected.get_if_string().value_or(""));
    return time && *time == actual.as_timestamp();
  }
  if (actual.is_stream()) return expected == Value(actual.as_body().read_all().value());
  if (actual.is_bytes()) return expected == Value(actual.as_bytes());
  if (expected.is_list() && actual.is_list()) {
    return std::ranges::equal(expected.items(), actual.items(), same);
  }
  if (!expected.is_object() || !actual.is_object()) return expected == actual;
  if (expected.size() != actual.size()) return false;
  return std::ranges::all_of(expected.members(), [&](const Value::Member& member) {
    const Value* other = actual.find(member.key);
    return other != nullptr && same(member.value, *other);
  });
}

// Some recorded answers have this in place of an instant; botocore's runner reads no instants.
std::string with_instants(std::string text) {
  constexpr std::string_view kPlaceholder = "YYYY-MM-DDTHH:MM:SS.000Z";
  for (std::size_t at; (at = text.find(kPlaceholder)) != std::string::npos;) {
    text.replace(at, kPlaceholder.size(), "2013-11-15T16:17:18.000Z");
  }
  return text;
}

class AnswerTest : public testing::Test {
 public:
  AnswerTest(std::string folder, std::string name)
      : folder_(std::move(folder)), name_(std::move(name)) {}

  void TestBody() override {
    if (std::ranges::find(kNotTheParsers, name_) != std::end(kNotTheParsers)) {
      GTEST_SKIP() << "read by a handler of the client's";
    }
    std::string path = fmt::format("{}/{}", folder_, name_);
    std::string body = with_instants(system_host().files->read_file(path + ".xml").value());
    std::string result = with_instants(system_host().files->read_file(path + ".json").value());
    Value expected = codec::parse_json(result).value();
    expected.erase("ResponseMetadata");
    Value actual = answer(body);
    EXPECT_TRUE(same(expected, actual))
        << "expected " << codec::write_json(expected) << "\nfound    " << codec::write_json(actual);
  }

 private:
  Value answer(const std::string& body) const {
    std::size_t dash = name_.find('-');
    auto model = latest_model(name_.substr(0, dash));
    std::string operation_name = name_.substr(dash + 1, name_.find('#') - dash - 1);
    std::replace(operation_name.begin(), operation_name.end(), '-', '_');
    Operation operation = model->operation(operation_name).value();
    std::string protocol = model->resolved_protocol().value();
    HttpResponse head;
    head.status = folder_.ends_with("errors") ? 400 : 200;
    if (head.status == 400) {
      return Value(*protocol::parse_error(operation, protocol, head, body).fields());
    }
    auto result =
        protocol::parse_output(operation, protocol, head, body, std::pmr::get_default_resource());
    return Value(result.value());
  }

  std::string folder_;
  std::string name_;
};

std::size_t register_answers(const std::string& kind) {
  std::string folder = fmt::format("{}/unit/response_parsing/xml/{}", BOTOCXX_UPSTREAM_TESTS, kind);
  auto files = system_host().files->list_directory(folder);
  if (!files) return 0;
  std::size_t count = 0;
  for (const std::string& file : *files) {
    if (!file.ends_with(".xml")) continue;
    std::string name = file.substr(0, file.size() - 4);
    ++count;
    testing::RegisterTest(
        fmt::format("response_parsing.{}", kind).c_str(), name.c_str(), nullptr, nullptr, __FILE__,
        __LINE__, [folder, name]() -> testing::Test* { return new AnswerTest(folder, name); });
  }
  return count;
}

// Errors as JSON. A body's "__headers__" travel as headers; what the model adds to the error is not
// stated, so that "Error" alone is compared.
class JsonErrorTest : public testing::Test {
 public:
  explicit JsonErrorTest(std::string name) : name_(std::move(name)) {}

  static std::string folder(std::string_view kind) {
    return fmt::format("{}/unit/response_parsing/json/{}", BOTOCXX_UPSTREAM_TESTS, kind);
  }

  void TestBody() override {
    Value sent = read("errors"), expected = read("expected");
    HttpResponse head;
    head.status = 400;
    for (const Value::Member& header : sent["__headers__"].members()) {
      head.headers.add(std::string(header.key.view()), std::string(header.value.as_string()));
    }
    sent.erase("__headers__");
    std::size_t dash = name_.find('-');
    auto model = latest_model(name_.substr(0, dash));
    std::string operation = name_.substr(dash + 1);
    std::replace(operation.begin(), operation.end(), '-', '_');
    Error error =
        protocol::parse_error(model->operation(operation).value(),
                              model->resolved_protocol().value(), head, codec::write_json(sent));
    EXPECT_EQ(codec::write_json((*error.fields())["Error"]), codec::write_json(expected["Error"]));
  }

 private:
  Value read(std::string_view kind) const {
    std::string path = fmt::format("{}/{}.json", folder(kind), name_);
    return codec::parse_json(system_host().files->read_file(path).value()).value();
  }

  std::string name_;
};

std::size_t register_json_errors() {
  auto files = system_host().files->list_directory(JsonErrorTest::folder("errors"));
  if (!files) return 0;
  for (const std::string& file : *files) {
    std::string name = file.substr(0, file.find('.'));
    testing::RegisterTest("response_parsing.json-errors", name.c_str(), nullptr, nullptr, __FILE__,
                          __LINE__, [name]() -> testing::Test* { return new JsonErrorTest(name); });
  }
  return files->size();
}

const std::size_t kRegistered =
    register_answers("responses") + register_answers("errors") + register_json_errors();

TEST(ResponseParsingSuite, IsThere) {
  if (kRegistered == 0) {
    GTEST_SKIP() << "the upstream suites are not there (" << BOTOCXX_UPSTREAM_TESTS
                 << "): run tools/models";
  }
  EXPECT_GE(kRegistered, 222u);
}

}  // namespace
}  // namespace botocxx::suites

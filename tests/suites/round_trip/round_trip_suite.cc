// Every operation of every service in every protocol that it offers: random parameters, answers and
// errors go over the wire and back. A test is named `round_trip.SERVICE/VERSION`
// `PROTOCOL.JOURNEY`. A problem's line ends with what to set BOTOCXX_ROUND_TRIP to, so that only
// that case runs.
#include "codec/json.h"
#include "model/compiler.h"
#include "protocol/wire_protocol.h"
#include "suites/round_trip/journey.h"
#include <botocxx/base/host.h>
#include <botocxx/model/loader.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

namespace botocxx::suites {
namespace {

constexpr std::uint64_t kCases = 3;
constexpr std::size_t kShownProblems = 5;
constexpr std::string_view kProtocols[] = {"query",     "ec2",      "json",
                                           "rest-json", "rest-xml", "smithy-rpc-v2-cbor"};

/// Stands for the version of S3 that the bundled extras make.
constexpr std::string_view kWithExtras = "with-extras";

struct Totals {
  RuleLog rules;
  std::map<std::string, std::size_t> operations;  ///< by protocol and journey
};

Totals& totals() {
  static Totals made;
  return made;
}

const std::string& only_case() {
  static const std::string kCase(system_host().environment->get("BOTOCXX_ROUND_TRIP").value_or(""));
  return kCase;
}

using Model = std::shared_ptr<const ServiceModel>;

/// The last one is kept: tests of one model follow each other.
Model load(const std::string& service, const std::string& version) {
  static std::pair<std::string, Model> last;
  std::string label = service + "/" + version;
  if (last.first == label) return last.second;
  if (version == kWithExtras) {
    last = {label, Loader().load_service_model(service).value()};
    return last.second;
  }
  std::string path = fmt::format("{}/{}/service-2.json", BOTOCXX_MODELS_DATA, label);
  auto text = system_host().files->read_file(path).value();
  last = {label,
          model::compile_and_open(codec::parse_json(text).value(), service, version).value()};
  return last.second;
}

class RoundTripTest : public ::testing::Test {
 public:
  RoundTripTest(std::string service, std::string version, std::string protocol, Journey journey)
      : service_(std::move(service)),
        version_(std::move(version)),
        protocol_(std::move(protocol)),
        journey_(journey) {}

  void TestBody() override {
    Traveller traveller(load(service_, version_), protocol_, totals().rules);
    std::vector<std::string> problems;
    std::size_t count = 0;
    for (Operation operation : traveller.model().operations()) {
      ++count;
      for (std::uint64_t number = 0; number < kCases; ++number) {
        std::string name = fmt::format("{}/{}/{}/{}/{}", to_string(journey_), protocol_,
                                       traveller.label(), operation.name(), number);
        if (!only_case().empty() && only_case() != name) continue;
        std::string problem = traveller.travel(journey_, operation, number);
        if (problem.empty()) continue;
        if (only_case().empty() && problem.size() > 1200) problem.resize(1200);
        problems.push_back(fmt::format("{}  BOTOCXX_ROUND_TRIP={}", problem, name));
      }
    }
    totals().operations[fmt::format("{} {}", protocol_, to_string(journey_))] += count;
    for (std::size_t i = 0; i < std::min(problems.size(), kShownProblems); ++i) {
      ADD_FAILURE() << problems[i];
    }
    EXPECT_EQ(problems.size(), 0U) << "of " << count * kCases << " cases";
  }

 private:
  std::string service_, version_, protocol_;
  Journey journey_;
};

std::vector<std::string> protocols_of(const std::string& text) {
  // Only the metadata is of interest here, and models are large: the names are looked for as text.
  std::vector<std::string> found;
  std::string_view head = text;
  head.remove_prefix(std::min(head.find("\"protocol\""), head.size()));
  head = head.substr(0, 300);
  for (std::string_view protocol : kProtocols) {
    if (head.find(fmt::format("\"{}\"", protocol)) != std::string_view::npos) {
      found.emplace_back(protocol);
    }
  }
  return found;
}

void register_model(const std::string& service, const std::string& version,
                    const std::string& protocol) {
  for (Journey journey : {Journey::kRequests, Journey::kAnswers, Journey::kErrors}) {
    ::testing::RegisterTest(fmt::format("round_trip.{}/{}", service, version).c_str(),
                            fmt::format("{}.{}", protocol, to_string(journey)).c_str(), nullptr,
                            nullptr, __FILE__, __LINE__, [=]() -> ::testing::Test* {
                              return new RoundTripTest(service, version, protocol, journey);
                            });
  }
}

std::size_t register_models() {
  const FileSystem& files = *system_host().files;
  auto services = files.list_directory(BOTOCXX_MODELS_DATA);
  if (!services) return 0;
  std::size_t count = 0;
  for (const std::string& service : *services) {
    auto versions = files.list_directory(fmt::format("{}/{}", BOTOCXX_MODELS_DATA, service));
    if (!versions) continue;
    for (const std::string& version : *versions) {
      auto text = files.read_file(
          fmt::format("{}/{}/{}/service-2.json", BOTOCXX_MODELS_DATA, service, version));
      if (!text) continue;
      ++count;
      for (const std::string& protocol : protocols_of(*text)) {
        if (!protocol::find_wire_protocol(protocol)) continue;
        register_model(service, version, protocol);
      }
    }
  }
  if (count > 0) register_model("s3", std::string(kWithExtras), "rest-xml");
  return count;
}

const std::size_t kModels = register_models();

class Report : public ::testing::Environment {
 public:
  void TearDown() override {
    for (const auto& [name, count] : totals().operations) {
      std::cout << fmt::format("round trip: {:>6} operations, {} cases each: {}\n", count, kCases,
                               name);
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(Rule::kCount); ++i) {
      Rule rule = static_cast<Rule>(i);
      std::cout << fmt::format("rule {:<25}{:>8} times: {}\n", text_of(rule).name,
                               totals().rules.count(rule), text_of(rule).reason);
    }
  }
};

const auto* const kReport = ::testing::AddGlobalTestEnvironment(new Report);

TEST(RoundTrip, ModelsAreThere) {
  if (kModels == 0) {
    GTEST_SKIP() << "the upstream models are not there (" << BOTOCXX_MODELS_DATA
                 << "): run tools/models";
  }
  EXPECT_GE(kModels, 400U);
}

}  // namespace
}  // namespace botocxx::suites

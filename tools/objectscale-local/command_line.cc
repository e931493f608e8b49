#include "command_line.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <charconv>

namespace botocxx::objectscale {
namespace {

constexpr std::string_view kHelp =
    R"(objectscale-local: an S3 endpoint with Dell ECS/ObjectScale metadata search, on this machine.

usage: objectscale-local --data DIR [options]

  --data DIR               where buckets and objects are kept (created when missing)
  --port N                 port to listen on; 0, the default, takes a free one
  --host ADDRESS           address to listen on (127.0.0.1)
  --port-file FILE         written with the port once requests are answered
  --access-key KEY         a pair of credentials; repeat both for more
  --secret-key SECRET      (default: objectscale / objectscale-secret)
  --virtual-host DOMAIN    DOMAIN also answers at BUCKET.DOMAIN; may be repeated (localhost)
  --threads N              threads that answer requests (8)
  --log FILE               a line for every request; - is standard error
  --models DIR             further models, in data-path layout; may be repeated
  --min-part-size N        least octets of a multipart upload's parts but the last (5242880)

Releases of the product differ; these choose:
  --legacy-markers         a query's last page says NO MORE PAGES and no IsTruncated
  --error-namespace        error documents are in the S3 namespace
  --v4-only                refuse Signature V2
  --v2-unsigned-query      Signature V2 covers neither query nor searchmetadata
  --drop-mds-block-with-prefix
                           queries with a prefix lose the USERMD block

Stops on SIGTERM or SIGINT after the requests under way.
)";

Error usage(std::string message) {
  return Error(ErrorKind::kUsage, "Usage", std::move(message))
      .with_hint("see objectscale-local --help");
}

Result<std::int64_t> number(std::string_view option, std::string_view text, std::int64_t least,
                            std::int64_t most) {
  std::int64_t value = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size() || value < least || value > most) {
    return usage(std::string(option) + ": expected a number from " + std::to_string(least) +
                 " to " + std::to_string(most) + ", not '" + std::string(text) + "'");
  }
  return value;
}

struct Parser {
  CommandLine line;
  std::string pending_access_key;

  bool take_flag(std::string_view option) {
    Behaviour& behaviour = line.endpoint.behaviour;
    if (option == "--help" || option == "-h") return line.help = true;
    if (option == "--legacy-markers") return behaviour.legacy_markers = true;
    if (option == "--error-namespace") return behaviour.error_namespace = true;
    if (option == "--v4-only") return !(behaviour.accept_v2 = false);
    if (option == "--v2-unsigned-query") return !(behaviour.v2_sign_query = false);
    if (option == "--drop-mds-block-with-prefix")
      return behaviour.drop_mds_block_with_prefix = true;
    return false;
  }

  Result<void> take_number(std::string_view option, std::string_view text) {
    constexpr std::int64_t kPorts = 65535, kThreads = 256, kPart = std::int64_t{1} << 40;
    bool port = option == "--port", threads = option == "--threads";
    std::int64_t most = port ? kPorts : threads ? kThreads : kPart;
    Result<std::int64_t> value = number(option, text, threads ? 1 : 0, most);
    if (!value) return std::move(value).error();
    if (port) line.http.port = static_cast<std::uint16_t>(*value);
    if (threads) line.http.threads = static_cast<unsigned>(*value);
    if (!port && !threads) line.endpoint.behaviour.min_part_size = *value;
    return {};
  }

  Result<void> take_secret(const std::string& secret) {
    if (pending_access_key.empty()) return usage("--secret-key: --access-key must come before it");
    Credentials pair;
    pair.access_key = std::move(pending_access_key);
    pair.secret_key = secret;
    pair.source = "command line";
    line.endpoint.credentials.push_back(std::move(pair));
    pending_access_key.clear();
    return {};
  }

  Result<void> take_value(std::string_view option, const std::string& value) {
    if (option == "--port" || option == "--threads" || option == "--min-part-size") {
      return take_number(option, value);
    }
    if (option == "--secret-key") return take_secret(value);
    if (option == "--data")
      line.endpoint.data_folder = value;
    else if (option == "--host")
      line.http.host = value;
    else if (option == "--port-file")
      line.port_file = value;
    else if (option == "--access-key")
      pending_access_key = value;
    else if (option == "--virtual-host")
      line.endpoint.virtual_host_domains.push_back(value);
    else if (option == "--log")
      line.log = value;
    else if (option == "--models")
      line.model_folders.push_back(value);
    return {};
  }
};

const std::vector<std::string>& value_options() {
  static const std::vector<std::string> kOptions = {
      "--data",         "--port",    "--host", "--port-file", "--access-key",   "--secret-key",
      "--virtual-host", "--threads", "--log",  "--models",    "--min-part-size"};
  return kOptions;
}

Error unknown(const std::string& option) {
  Error error = usage("unknown option '" + option + "'");
  if (auto near = nearest_name(option, value_options())) {
    return std::move(error).with_hint("did you mean " + *near + "?");
  }
  return error;
}

Result<CommandLine> complete(Parser parser) {
  CommandLine& line = parser.line;
  if (line.help) return std::move(line);
  if (!parser.pending_access_key.empty()) return usage("--access-key: --secret-key must follow it");
  if (line.endpoint.data_folder.empty()) return usage("--data DIR is required");
  if (line.endpoint.credentials.empty()) {
    parser.pending_access_key = kDefaultAccessKey;
    if (Result<void> done = parser.take_secret(std::string(kDefaultSecretKey)); !done) {
      return std::move(done).error();
    }
  }
  if (line.endpoint.virtual_host_domains.empty()) {
    line.endpoint.virtual_host_domains.emplace_back("localhost");
  }
  line.endpoint.node_address = line.http.host;
  return std::move(line);
}

}  // namespace

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments) {
  Parser parser;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string option = arguments[i];
    if (parser.take_flag(option)) continue;
    std::size_t equals = option.find('=');
    std::optional<std::string> value;
    if (equals != std::string::npos) {
      value = option.substr(equals + 1);
      option.resize(equals);
    }
    if (std::ranges::find(value_options(), option) == value_options().end()) {
      return unknown(option);
    }
    if (!value) {
      if (i + 1 == arguments.size()) return usage(option + ": a value must follow");
      value = arguments[++i];
    }
    if (Result<void> done = parser.take_value(option, *value); !done) {
      return std::move(done).error();
    }
  }
  return complete(std::move(parser));
}

std::string_view help_text() { return kHelp; }

}  // namespace botocxx::objectscale

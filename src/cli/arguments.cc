#include "cli/arguments.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::cli {
namespace {

Error usage(std::string message) { return Error(ErrorKind::kUsage, "Usage", std::move(message)); }

const OptionSpec* find_spec(const std::vector<OptionSpec>& specs, std::string_view name) {
  auto found = std::find_if(specs.begin(), specs.end(),
                            [&](const OptionSpec& spec) { return spec.name == name; });
  return found == specs.end() ? nullptr : &*found;
}

Error unknown_option(const std::string& name, const std::vector<OptionSpec>& specs) {
  std::vector<std::string> names;
  for (const OptionSpec& spec : specs) names.push_back(spec.name);
  Error error = usage(fmt::format("unknown option --{}", name));
  if (auto near = nearest_name(name, names)) {
    return std::move(error).with_hint(fmt::format("did you mean --{}?", *near));
  }
  return error;
}

bool is_option(const std::string& word) { return word.size() > 2 && word.starts_with("--"); }

}  // namespace

Result<Arguments> Arguments::parse(const std::vector<std::string>& words,
                                   const std::vector<OptionSpec>& specs) {
  Arguments out;
  bool options_end = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (options_end || !is_option(word)) {
      if (word == "--" && !options_end) {
        options_end = true;
      } else {
        out.positionals_.push_back(word);
      }
      continue;
    }
    std::size_t equals = word.find('=');
    std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const OptionSpec* spec = find_spec(specs, name);
    if (spec == nullptr) return unknown_option(name, specs);
    auto [slot, added] = out.options_.try_emplace(name);
    if (added) out.order_.push_back(name);
    std::vector<std::string>& values = slot->second;
    if (spec->arity == Arity::kNone) {
      if (equals != std::string::npos) return usage(fmt::format("--{} takes no value", name));
      continue;
    }
    if (equals != std::string::npos) {
      values.push_back(word.substr(equals + 1));
      continue;
    }
    if (i + 1 >= words.size()) return usage(fmt::format("--{} needs a value", name));
    values.push_back(words[++i]);
    while (spec->arity == Arity::kMany && i + 1 < words.size() && !is_option(words[i + 1])) {
      values.push_back(words[++i]);
    }
  }
  return out;
}

std::optional<std::string> Arguments::get(std::string_view name) const {
  auto found = options_.find(std::string(name));
  if (found == options_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  auto found = options_.find(std::string(name));
  return found == options_.end() ? std::vector<std::string>() : found->second;
}

const std::vector<OptionSpec>& global_options() {
  static const std::vector<OptionSpec> specs{
      {"endpoint-url", Arity::kOne, "send requests to this URL instead of the service's own"},
      {"region", Arity::kOne, "region to call and to sign for"},
      {"profile", Arity::kOne, "profile of ~/.aws/config and ~/.aws/credentials"},
      {"output", Arity::kOne, "format of results: json"},
      {"query", Arity::kOne, "JMESPath expression that picks what is printed of a result"},
      {"no-paginate", Arity::kNone, "make one call, also where an operation answers in pages"},
      {"cli-binary-format", Arity::kOne,
       "form of blobs on the command line: base64 (default) or raw-in-base64-out"},
      {"debug", Arity::kNone, "log what goes over the wire, without secrets, on standard error"},
      {"no-verify-ssl", Arity::kNone, "do not check certificates"},
      {"ca-bundle", Arity::kOne, "file or directory of certificates to trust"},
      {"no-sign-request", Arity::kNone, "send requests unsigned"},
      {"cli-read-timeout", Arity::kOne, "seconds of silence after which a response is given up"},
      {"cli-connect-timeout", Arity::kOne, "seconds after which a connection is given up"},
      {"api-version", Arity::kOne, "version of the service's model, default the latest"},
      {"data-path", Arity::kOne, "directory of model files, before all others; may repeat"},
      {"extras", Arity::kOne, "named extras to apply; may repeat"},
      {"config", Arity::kOne,
       "client options as JSON, e.g. {\"s3\": {\"addressing_style\": \"path\"}}"},
  };
  return specs;
}

CommandWords split_command(const std::vector<std::string>& words, std::size_t count) {
  CommandWords out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (out.command.size() >= count || words[i] == "--") {
      out.rest.insert(out.rest.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      return out;
    }
    if (!is_option(words[i])) {
      out.command.push_back(words[i]);
      continue;
    }
    out.rest.push_back(words[i]);
    const OptionSpec* spec = find_spec(global_options(), words[i].substr(2));
    bool takes_next = spec != nullptr && spec->arity != Arity::kNone && i + 1 < words.size();
    if (takes_next) out.rest.push_back(words[++i]);
  }
  return out;
}

std::vector<std::string> only_global_options(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (!is_option(words[i])) continue;
    std::string name = words[i].substr(2, words[i].find('=') - 2);
    const OptionSpec* spec = find_spec(global_options(), name);
    if (spec == nullptr) continue;
    out.push_back(words[i]);
    bool separate = words[i].find('=') == std::string::npos && spec->arity != Arity::kNone;
    if (separate && i + 1 < words.size()) out.push_back(words[++i]);
  }
  return out;
}

}  // namespace botocxx::cli

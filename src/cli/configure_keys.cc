#include "cli/configure.h"
#include "cli/connection.h"
#include "cli/output.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace botocxx::cli {
namespace {

// --- export-credentials -------------------------------------------------------------------------

struct Format {
  std::string_view name;
  std::string_view before, between, after;  ///< of a variable's name and value
};
constexpr std::array<Format, 5> kFormats{{{"env", "export ", "=", ""},
                                          {"env-no-export", "", "=", ""},
                                          {"powershell", "$Env:", "=\"", "\""},
                                          {"windows-cmd", "set ", "=", ""},
                                          {"fish", "set -gx ", " ", ""}}};

std::string expiration_of(const Credentials& keys) {
  if (!keys.expires) return {};
  std::string text = keys.expires->to_iso8601();
  text.pop_back();
  return text + "+00:00";
}

std::string as_process(const Credentials& keys) {
  std::string text =
      fmt::format("{{\n  \"Version\": 1,\n  \"AccessKeyId\": {}", to_json(Value(keys.access_key)));
  auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format(",\n  \"{}\": {}", name, to_json(Value(value)));
  };
  add("SecretAccessKey", keys.secret_key);
  add("SessionToken", keys.session_token);
  add("Expiration", expiration_of(keys));
  return text + "\n}\n";
}

std::string as_variables(const Credentials& keys, const Format& format) {
  std::string text;
  auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    text += fmt::format("{}{}{}{}{}\n", format.before, name, format.between, value, format.after);
  };
  add("AWS_ACCESS_KEY_ID", keys.access_key);
  add("AWS_SECRET_ACCESS_KEY", keys.secret_key);
  add("AWS_SESSION_TOKEN", keys.session_token);
  add("AWS_CREDENTIAL_EXPIRATION", expiration_of(keys));
  return text;
}

// --- import --------------------------------------------------------------------------------------

// Fields of a line; quotes group, and two of them are one.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  for (std::string& field : fields) {
    std::size_t start = field.find_first_not_of(" \t");
    field =
        start == field.npos ? "" : field.substr(start, field.find_last_not_of(" \t") - start + 1);
  }
  return fields;
}

struct Columns {
  std::size_t user, access_key, secret_key;
};

Error bad_csv(std::string message) {
  return Error(ErrorKind::kUsage, "Usage", "--csv: " + std::move(message));
}

Result<Columns> columns_of(const std::vector<std::string>& header) {
  std::array<std::string_view, 3> wanted{"user name", "access key id", "secret access key"};
  std::array<std::size_t, 3> at{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto found = std::find_if(header.begin(), header.end(),
                              [&](const std::string& name) { return to_lower(name) == wanted[i]; });
    if (found == header.end()) {
      return bad_csv(fmt::format("expected a column \"{}\" in the first line", wanted[i]));
    }
    at[i] = static_cast<std::size_t>(found - header.begin());
  }
  return Columns{at[0], at[1], at[2]};
}

struct Keys {
  std::string user, access_key, secret_key;
};

Result<Keys> keys_of(const std::vector<std::string>& fields, const Columns& columns, int line) {
  auto field = [&](std::size_t at) { return at < fields.size() ? fields[at] : std::string(); };
  Keys keys{field(columns.user), field(columns.access_key), field(columns.secret_key)};
  std::string_view missing = keys.user.empty()         ? "user name"
                             : keys.access_key.empty() ? "access key id"
                             : keys.secret_key.empty() ? "secret access key"
                                                       : "";
  if (missing.empty()) return keys;
  return bad_csv(fmt::format("line {} has no {}", line, missing));
}

Result<std::vector<Keys>> read_csv(std::string_view text, bool skip_invalid) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::optional<Columns> columns;
  std::vector<Keys> all;
  for (int number = 1; !text.empty(); ++number) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::vector<std::string> fields = fields_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (!columns) {
      auto found = columns_of(fields);
      if (!found) return std::move(found).error();
      columns = *found;
      continue;
    }
    auto keys = keys_of(fields, *columns, number);
    if (!keys && !skip_invalid) return std::move(keys).error();
    if (!keys) {
      warn(keys.error().message() + ", it is left out");
    } else {
      all.push_back(*std::move(keys));
    }
  }
  if (!columns) return bad_csv("the file is empty");
  return all;
}

}  // namespace

ExitStatus export_credentials(const Arguments& arguments) {
  std::string format = arguments.get("format").value_or("process");
  auto found = std::find_if(kFormats.begin(), kFormats.end(),
                            [&](const Format& one) { return one.name == format; });
  if (found == kFormats.end() && format != "process") {
    return report_usage(fmt::format("there is no format \"{}\"", format),
                        "process, env, env-no-export, powershell, windows-cmd or fish");
  }
  auto session = open_session(arguments);
  if (!session) return report(session.error());
  auto credentials = session->get_credentials();
  if (!credentials) return report(credentials.error());
  return print_data(found == kFormats.end() ? as_process(**credentials)
                                            : as_variables(**credentials, *found));
}

ExitStatus import_keys(const SharedConfig& shared, const Arguments& arguments) {
  auto given = arguments.get("csv");
  if (!given)
    return report_usage("import needs --csv", "botocxx configure import --csv file://PATH");
  auto text = read_text_argument(*given);
  if (!text) return report(text.error());
  auto all = read_csv(*text, arguments.has("skip-invalid"));
  if (!all) return report(all.error());
  std::string prefix = arguments.get("profile-prefix").value_or("");
  for (const Keys& keys : *all) {
    ExitStatus written = write_options(
        shared, prefix + keys.user,
        {{"aws_access_key_id", keys.access_key}, {"aws_secret_access_key", keys.secret_key}}, {});
    if (written != ExitStatus::kOk) return written;
  }
  return print_data(fmt::format("Successfully imported {} profile(s)\n", all->size()));
}

}  // namespace botocxx::cli

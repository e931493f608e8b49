#include "auth/mismatch.h"

#include "auth/redaction.h"

#include <algorithm>
#include <vector>

namespace botocxx::auth {
namespace {

constexpr std::size_t kQuoted = 200;  // octets of a line that are shown

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// The text in single quotes behind `heading`. A canonical request may hold quotes of its own, so
// that the last one before an empty line or the end closes it.
std::string quoted_after(std::string_view message, std::string_view heading) {
  std::size_t at = message.find(heading);
  if (at == std::string_view::npos) return {};
  std::string_view rest = message.substr(at + heading.size());
  std::size_t open = rest.find('\'');
  if (open == std::string_view::npos) return {};
  rest.remove_prefix(open + 1);
  std::size_t close = rest.find("'\n");
  if (close == std::string_view::npos) close = rest.rfind('\'');
  return std::string(rest.substr(0, close));
}

std::string quote(std::string_view line) {
  std::string text = "'";
  for (char c : line.substr(0, kQuoted)) {
    text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return text += line.size() > kQuoted ? "…'" : "'";
}

// What a line of a canonical request is; `lines` are those of one of the two.
std::string name_canonical_line(const std::vector<std::string_view>& lines, std::size_t at) {
  if (at == 0) return "the method";
  if (at == 1) return "the path";
  if (at == 2) return "the query";
  if (at + 1 >= lines.size()) return "the hash of the body";
  if (at + 2 >= lines.size()) return "the list of signed headers";
  std::string_view name = lines[at].substr(0, lines[at].find(':'));
  return name.empty() ? "the end of the headers" : "the header " + quote(name);
}

std::string name_string_line(std::size_t at) {
  switch (at) {
    case 0:
      return "the algorithm or the method";
    case 1:
      return "the time";
    case 2:
      return "the credential scope";
    default:
      return "line " + std::to_string(at + 1) + " of the string to sign";
  }
}

struct Difference {
  std::size_t line = 0;
  std::string theirs{}, ours{};
};

std::optional<Difference> first_difference(const std::vector<std::string_view>& theirs,
                                           const std::vector<std::string_view>& ours) {
  std::size_t shared = std::min(theirs.size(), ours.size());
  for (std::size_t i = 0; i < std::max(theirs.size(), ours.size()); ++i) {
    if (i < shared && theirs[i] == ours[i]) continue;
    auto shown = [i](const std::vector<std::string_view>& lines) {
      return i < lines.size() ? quote(redacted_line(lines[i])) : std::string("nothing");
    };
    return Difference{.line = i, .theirs = shown(theirs), .ours = shown(ours)};
  }
  return std::nullopt;
}

std::string sentence(const std::string& what, const Difference& difference) {
  return "the service computed " + what + " differently: it has " + difference.theirs +
         ", we have " + difference.ours;
}

}  // namespace

ServiceStages stages_in_message(std::string_view message) {
  return {.canonical_request = quoted_after(message, "Canonical String for this request should"),
          .string_to_sign = quoted_after(message, "String-to-Sign should have been")};
}

std::optional<std::string> explain_mismatch(const SignatureAdditions& ours,
                                            const ServiceStages& theirs) {
  const auto our_lines = lines_of(ours.canonical_request);
  if (!theirs.canonical_request.empty() && !ours.canonical_request.empty()) {
    const auto their_lines = lines_of(theirs.canonical_request);
    if (auto difference = first_difference(their_lines, our_lines)) {
      const auto& named = difference->line < our_lines.size() ? our_lines : their_lines;
      return sentence(name_canonical_line(named, difference->line), *difference);
    }
  }
  if (!theirs.string_to_sign.empty()) {
    auto difference =
        first_difference(lines_of(theirs.string_to_sign), lines_of(ours.string_to_sign));
    bool only_hash = difference && difference->line == 3 && !ours.canonical_request.empty();
    if (only_hash) {
      return "algorithm, time and scope are the service's, too: its canonical request is another, "
             "so that something on the way changed the request, or it reads it differently";
    }
    if (difference) {
      std::string what =
          ours.canonical_request.empty()
              ? "line " + std::to_string(difference->line + 1) + " of the string to sign"
              : name_string_line(difference->line);
      return sentence(what, *difference);
    }
  }
  if (theirs.canonical_request.empty() && theirs.string_to_sign.empty()) return std::nullopt;
  return "the service signed the same text: the secret key does not belong to the access key";
}

}  // namespace botocxx::auth

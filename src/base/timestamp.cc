#include <botocxx/base/timestamp.h>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace botocxx::inline v1 {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::int64_t kSecondsPerDay = 86400;

struct Civil {
  std::int64_t year = 1970;
  unsigned month = 1, day = 1, hour = 0, minute = 0, second = 0;
};

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

Civil to_civil(std::int64_t seconds) {
  std::int64_t day_number = floor_div(seconds, kSecondsPerDay);
  auto rest = static_cast<unsigned>(seconds - day_number * kSecondsPerDay);
  std::chrono::sys_days days{std::chrono::days{static_cast<int>(day_number)}};
  std::chrono::year_month_day date{days};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          rest / 3600,
          rest / 60 % 60,
          rest % 60};
}

std::optional<std::int64_t> from_civil(const Civil& c) {
  if (c.year < 1 || c.year > 9999) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year{static_cast<int>(c.year)},
                                   std::chrono::month{c.month}, std::chrono::day{c.day}};
  if (!date.ok() || c.hour > 24 || c.minute > 59 || c.second > 60) return std::nullopt;
  std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return days * kSecondsPerDay + c.hour * 3600LL + c.minute * 60LL + c.second;
}

// A cursor over the text; every reader leaves it unmoved when it does not match.
struct Scanner {
  std::string_view rest;

  bool literal(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool any_of(std::string_view chars) {
    if (rest.empty() || chars.find(rest.front()) == std::string_view::npos) return false;
    rest.remove_prefix(1);
    return true;
  }
  void blanks() {
    while (literal(' ')) {
    }
  }
  bool digits(std::size_t least, std::size_t most, std::int64_t& value) {
    std::size_t n = 0;
    while (n < rest.size() && n < most && rest[n] >= '0' && rest[n] <= '9') ++n;
    if (n < least) return false;
    std::from_chars(rest.data(), rest.data() + n, value);
    rest.remove_prefix(n);
    return true;
  }
  bool digits(std::size_t least, std::size_t most, unsigned& value) {
    std::int64_t wide = 0;
    if (!digits(least, most, wide)) return false;
    value = static_cast<unsigned>(wide);
    return true;
  }
  std::string_view word() {
    std::size_t n = 0;
    while (n < rest.size() && ((rest[n] | 0x20) >= 'a' && (rest[n] | 0x20) <= 'z')) ++n;
    std::string_view found = rest.substr(0, n);
    rest.remove_prefix(n);
    return found;
  }
};

bool read_fraction(Scanner& in, std::int32_t& nanoseconds) {
  nanoseconds = 0;
  if (!in.any_of(".,")) return true;
  std::int32_t scale = 100'000'000;
  bool seen = false;
  while (!in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9') {
    nanoseconds += (in.rest.front() - '0') * scale;
    scale /= 10;
    seen = true;
    in.rest.remove_prefix(1);
  }
  return seen;
}

// "Z", "GMT", "UTC", "+hh", "+hhmm", "+hh:mm" or nothing (UTC).
bool read_offset(Scanner& in, std::int64_t& offset_seconds) {
  offset_seconds = 0;
  in.blanks();
  if (in.rest.empty()) return true;
  if (in.any_of("Zz")) return in.rest.empty();
  bool negative = in.rest.front() == '-';
  if (in.any_of("+-")) {
    unsigned hours = 0, minutes = 0;
    if (!in.digits(2, 2, hours)) return false;
    in.literal(':');
    if (!in.rest.empty() && !in.digits(2, 2, minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    offset_seconds = (negative ? -1 : 1) * (hours * 3600LL + minutes * 60LL);
    return in.rest.empty();
  }
  std::string_view zone = in.word();
  return (zone == "GMT" || zone == "UTC" || zone == "UT") && in.rest.empty();
}

std::optional<Timestamp> finish(const Civil& civil, std::int32_t nanoseconds, std::int64_t offset) {
  auto seconds = from_civil(civil);
  if (!seconds) return std::nullopt;
  return Timestamp::from_unix(*seconds - offset, nanoseconds);
}

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  Scanner in{text};
  Civil c;
  if (!in.digits(4, 4, c.year)) return std::nullopt;
  bool extended = in.literal('-');
  if (!in.digits(2, 2, c.month)) return std::nullopt;
  if (extended && in.rest.empty()) return finish(c, 0, 0);
  if (extended && !in.literal('-')) return std::nullopt;
  if (!in.digits(2, 2, c.day)) return std::nullopt;
  if (in.rest.empty()) return finish(c, 0, 0);
  if (!in.any_of("Tt ")) return std::nullopt;
  if (!in.digits(2, 2, c.hour)) return std::nullopt;
  bool colons = in.literal(':');
  std::int32_t nanoseconds = 0;
  if (!in.digits(2, 2, c.minute)) return std::nullopt;
  if (colons ? in.literal(':')
             : (!in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9')) {
    if (!in.digits(2, 2, c.second) || !read_fraction(in, nanoseconds)) return std::nullopt;
  }
  std::int64_t offset = 0;
  if (!read_offset(in, offset)) return std::nullopt;
  return finish(c, nanoseconds, offset);
}

bool read_month(Scanner& in, unsigned& month) {
  std::string_view name = in.word().substr(0, 3);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (name == kMonths[i]) {
      month = static_cast<unsigned>(i) + 1;
      return true;
    }
  }
  return false;
}

bool read_clock(Scanner& in, Civil& c, std::int32_t& nanoseconds) {
  if (!in.digits(1, 2, c.hour) || !in.literal(':') || !in.digits(2, 2, c.minute)) return false;
  nanoseconds = 0;
  return !in.literal(':') || (in.digits(2, 2, c.second) && read_fraction(in, nanoseconds));
}

std::int64_t full_year(std::int64_t year) {
  return year >= 100 ? year : year + (year < 69 ? 2000 : 1900);
}

// RFC 822 ("Tue, 29 Apr 2014 18:30:38 GMT"), RFC 850 (dashes, two-digit year) and asctime.
std::optional<Timestamp> parse_rfc822(std::string_view text) {
  Scanner in{text};
  Civil c;
  std::int32_t nanoseconds = 0;
  std::int64_t offset = 0;
  if (!in.word().empty()) {
    in.literal(',');
    in.blanks();
  }
  if (!in.rest.empty() && (in.rest.front() < '0' || in.rest.front() > '9')) {
    if (!read_month(in, c.month)) return std::nullopt;
    in.blanks();
    if (!in.digits(1, 2, c.day)) return std::nullopt;
    in.blanks();
    if (!read_clock(in, c, nanoseconds)) return std::nullopt;
    in.blanks();
    if (!in.digits(4, 4, c.year) || !in.rest.empty()) return std::nullopt;
    return finish(c, nanoseconds, 0);
  }
  if (!in.digits(1, 2, c.day) || !in.any_of(" -")) return std::nullopt;
  in.blanks();
  if (!read_month(in, c.month) || !in.any_of(" -")) return std::nullopt;
  in.blanks();
  if (!in.digits(2, 4, c.year)) return std::nullopt;
  c.year = full_year(c.year);
  in.blanks();
  if (in.rest.empty()) return finish(c, 0, 0);
  if (!read_clock(in, c, nanoseconds) || !read_offset(in, offset)) return std::nullopt;
  return finish(c, nanoseconds, offset);
}

// A number that is not a plausible compact date: "1700000000", "1.5e9", "-1", "1700000000.123".
std::optional<Timestamp> parse_epoch(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  if (std::abs(value) > 1e15) return std::nullopt;
  return Timestamp::from_unix_double(value);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Timestamp Timestamp::from_unix(std::int64_t seconds, std::int32_t nanoseconds) {
  Timestamp t;
  t.seconds_ = seconds;
  t.nanoseconds_ = nanoseconds;
  return t;
}

Timestamp Timestamp::from_unix_double(double seconds) {
  double whole = std::floor(seconds);
  auto micros = static_cast<std::int64_t>(std::nearbyint((seconds - whole) * 1e6));
  auto base = static_cast<std::int64_t>(whole);
  if (micros >= 1'000'000) return from_unix(base + 1, 0);
  return from_unix(base, static_cast<std::int32_t>(micros * 1000));
}

Timestamp Timestamp::from_chrono(std::chrono::system_clock::time_point time) {
  auto nanos =
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
  std::int64_t seconds = floor_div(nanos, 1'000'000'000);
  return from_unix(seconds, static_cast<std::int32_t>(nanos - seconds * 1'000'000'000));
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
  std::string_view body = trimmed(text);
  for (auto reader : {parse_epoch, parse_iso8601, parse_rfc822}) {
    if (auto found = reader(body)) return *found;
  }
  return Error(ErrorKind::kParse, "InvalidTimestamp",
               fmt::format("not a timestamp: \"{}\" (expected ISO 8601 such as "
                           "2026-01-02T03:04:05Z, an RFC 822 date, or epoch seconds)",
                           text.substr(0, 80)));
}

double Timestamp::to_unix_double() const {
  return static_cast<double>(seconds_) + static_cast<double>(nanoseconds_) / 1e9;
}

std::string Timestamp::to_iso8601() const {
  Civil c = to_civil(seconds_);
  int micros = nanoseconds_ / 1000;
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day,
                                 c.hour, c.minute, c.second);
  if (micros > 0) text += fmt::format(".{:06}", micros);
  return text + 'Z';
}

std::string Timestamp::to_iso8601_milliseconds() const {
  Civil c = to_civil(seconds_);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", c.year, c.month, c.day, c.hour,
                     c.minute, c.second, nanoseconds_ / 1'000'000);
}

std::string Timestamp::to_rfc822() const {
  Civil c = to_civil(seconds_);
  std::int64_t weekday = floor_div(seconds_, kSecondsPerDay) + 4;
  weekday -= floor_div(weekday, 7) * 7;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     kDays[static_cast<std::size_t>(weekday)], c.day, kMonths[c.month - 1], c.year,
                     c.hour, c.minute, c.second);
}

std::string Timestamp::to_basic() const {
  Civil c = to_civil(seconds_);
  if (c.year < 0 || c.year > 9999) {
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute,
                       c.second);
  }
  // By hand, because every signature needs it and a format string takes ten times as long.
  std::string text = "00000000T000000Z";
  auto put = [&](std::size_t at, auto value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  put(0, c.year / 100);
  put(2, c.year % 100);
  put(4, c.month);
  put(6, c.day);
  put(9, c.hour);
  put(11, c.minute);
  put(13, c.second);
  return text;
}

}  // namespace botocxx::inline v1

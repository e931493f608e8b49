#include "command_line.h"
#include <botocxx/model/loader.h>

#include <fmt/format.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX, not in <csignal>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>

namespace {

using namespace botocxx;
using namespace botocxx::objectscale;

/// Hides the user's own models: what the service offers must not depend on who starts it.
class BareEnvironment : public Environment {
 public:
  std::optional<std::string> get(std::string_view name) const override {
    if (name == "HOME") return "/nonexistent";
    return std::nullopt;
  }
};

std::shared_ptr<const ServiceModel> load_model(const CommandLine& line) {
  static const BareEnvironment kEnvironment;
  Host host = system_host();
  host.environment = &kEnvironment;
  LoaderOptions options;
  options.data_path = line.model_folders;
  return Loader(options, host).load_service_model("s3").or_throw();
}

/// A whole file or none, under its name.
void write_file(const std::string& path, const std::string& text) {
  std::string temporary = path + ".new";
  std::ofstream(temporary) << text;
  std::filesystem::rename(temporary, path);
}

std::function<void(const std::string&)> make_log(const std::string& path) {
  if (path.empty()) return nullptr;
  std::FILE* file = path == "-" ? stderr : std::fopen(path.c_str(), "ae");
  if (!file) throw_error(Error(ErrorKind::kUsage, "Log", path + ": can't be opened"));
  auto mutex = std::make_shared<std::mutex>();
  return [file, mutex](const std::string& line) {
    std::lock_guard lock(*mutex);
    fmt::print(file, "{}\n", line);
    std::fflush(file);
  };
}

int serve(CommandLine line) {
  // Taken by sigwait below; threads that are started later inherit the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  std::filesystem::create_directories(line.endpoint.data_folder);
  line.http.log = make_log(line.log);
  Endpoint endpoint(load_model(line), std::move(line.endpoint));
  HttpFront front(endpoint, line.http);
  fmt::print(stderr, "objectscale-local: listening on http://{}:{}\n", line.http.host,
             front.port());
  if (!line.port_file.empty()) write_file(line.port_file, fmt::format("{}\n", front.port()));
  int received = 0;
  sigwait(&signals, &received);
  fmt::print(stderr, "objectscale-local: stopping\n");
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  constexpr int kUsageStatus = 2, kFailure = 1;
  try {
    Result<CommandLine> line = parse_command_line({arguments + 1, arguments + count});
    if (!line) {
      fmt::print(stderr, "objectscale-local: error: {}\n", line.error().describe());
      return kUsageStatus;
    }
    if (line->help) {
      fmt::print("{}", help_text());
      return 0;
    }
    return serve(std::move(*line));
  } catch (const Exception& exception) {
    fmt::print(stderr, "objectscale-local: error: {}\n", exception.error().describe());
  } catch (const std::exception& exception) {
    fmt::print(stderr, "objectscale-local: error: {}\n", exception.what());
  }
  return kFailure;
}

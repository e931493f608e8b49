#include "transport/curl_settings.h"
#include <botocxx/base/host.h>

#include <algorithm>
#include <array>

namespace botocxx::transport {
namespace {

// `c_rehash` names its links by eight hexadecimal digits, a dot and a number.
bool is_hash_link(const std::string& name) {
  if (name.size() < 10 || name[8] != '.' || name[9] < '0' || name[9] > '9') return false;
  return std::all_of(name.begin(), name.begin() + 8,
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string find_hashed_directory() {
  static constexpr auto kPlaces =
      std::to_array<const char*>({"/etc/ssl/certs", "/etc/pki/tls/certs"});
  for (const char* place : kPlaces) {
    auto names = system_host().files->list_directory(place);
    if (names && std::any_of(names->begin(), names->end(), is_hash_link)) return place;
  }
  return {};
}

const std::string& hashed_directory() {
  static const std::string directory = find_hashed_directory();
  return directory;
}

void trust(CURL* easy, const char* file, const char* directory) {
  curl_easy_setopt(easy, CURLOPT_CAINFO, file);
  curl_easy_setopt(easy, CURLOPT_CAPATH, directory);
}

}  // namespace

void set_tls(CURL* easy, const HttpClientOptions& options) {
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, options.verify ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, options.verify ? 2L : 0L);
  const std::string& bundle = options.ca_bundle;
  if (!options.verify) {
    trust(easy, nullptr, nullptr);
  } else if (!bundle.empty()) {
    bool is_directory = system_host().files->status(bundle).type == FileSystem::Type::kDirectory;
    trust(easy, is_directory ? nullptr : bundle.c_str(), is_directory ? bundle.c_str() : nullptr);
  } else if (!hashed_directory().empty()) {
    trust(easy, nullptr, hashed_directory().c_str());
  }
  if (options.client_cert.empty()) return;
  curl_easy_setopt(easy, CURLOPT_SSLCERT, options.client_cert.c_str());
  const std::string& key = options.client_key.empty() ? options.client_cert : options.client_key;
  curl_easy_setopt(easy, CURLOPT_SSLKEY, key.c_str());
}

}  // namespace botocxx::transport

#include "customize/bucket_redirect.h"

#include "customize/bucket_regions.h"
#include "endpoint/host_names.h"
#include <botocxx/events/payloads.h>

#include <fmt/format.h>

#include <memory>

namespace botocxx::customize {
namespace {

constexpr std::string_view kNote = "bucket_redirected";
constexpr const char* kRegionHeader = "x-amz-bucket-region";

std::string_view bucket_of(const Value& params) {
  return params["Bucket"].get_if_string().value_or("");
}

bool is_arn(std::string_view text) { return text.starts_with("arn:"); }

// What answers look like that came from a region where the bucket is not.
bool shows_another_region(const NeedsRetry& event) {
  if (event.response == nullptr || event.error == nullptr) return false;
  const std::string& code = event.error->code();
  std::string_view operation = event.operation.name();
  int status = event.response->status;
  if (status == 301 || status == 302 || status == 307 || code == "PermanentRedirect") return true;
  // An answer to HEAD has no body that could say more.
  bool bare = code == "301" || code == "400";
  if (bare && operation == "HeadObject") return true;
  if (bare && operation == "HeadBucket") return event.response->headers.contains(kRegionHeader);
  if (code == "IllegalLocationConstraintException") return operation != "CreateBucket";
  return code == "AuthorizationHeaderMalformed" && event.parsed != nullptr &&
         (*event.parsed)["Error"].contains("Region");
}

class BucketRedirect {
 public:
  explicit BucketRedirect(std::shared_ptr<BucketRegions> regions) : regions_(std::move(regions)) {}

  Result<void> operator()(NeedsRetry& event) const {
    std::string_view bucket = bucket_of(event.call.params());
    if (bucket.empty() || is_arn(bucket) || event.context.notes.contains(kNote)) return {};
    if (!shows_another_region(event)) return {};
    auto region = region_of(bucket, event);
    if (!region) return std::move(region).error();
    if (region->empty()) return {};
    if (!endpoint::is_valid_region(*region)) {
      return Error(
          ErrorKind::kUsage, "InvalidRegion",
          fmt::format("Provided region_name '{}' doesn't match a supported format.", *region));
    }
    event.reason = fmt::format("the bucket is in {}", *region);
    regions_->set(bucket, *std::move(region));
    if (auto kept = keep_in_mind(event.call.events()); !kept) return kept;
    if (auto resolved = event.call.resolve_endpoint(); !resolved) return resolved;
    event.context.notes.set(kNote, true);
    event.retry_after({});
    return {};
  }

 private:
  // Empty when nobody says. The last resort is a call of its own, which may be sent on, too.
  Result<std::string> region_of(std::string_view bucket, NeedsRetry& event) const {
    if (auto named = event.response->headers.get(kRegionHeader)) return std::string(*named);
    if (event.parsed != nullptr) {
      if (auto named = (*event.parsed)["Error"]["Region"].get_if_string()) {
        return std::string(*named);
      }
    }
    Value params = Value::object();
    params.set("Bucket", bucket);
    auto head = event.call.call_other("HeadBucket", params);
    if (!head && head.error().kind() != ErrorKind::kService) return std::move(head).error();
    auto named = head ? head->response.headers.get(kRegionHeader) : std::nullopt;
    if (named) return std::string(*named);
    return regions_->find(bucket).value_or("");
  }

  // From the first bucket of another region on, endpoints are asked for with its region.
  Result<void> keep_in_mind(Events& events) const {
    auto handler = [regions = regions_](BeforeEndpointResolution& event) {
      if (event.builtins.is_null()) return;
      auto region = regions->find(bucket_of(event.params));
      if (region) event.builtins.set("AWS::Region", *std::move(region));
    };
    auto done = events.register_handler("before-endpoint-resolution.s3", handler,
                                        {.unique_id = "bucket-regions"});
    if (!done) return std::move(done).error();
    return {};
  }

  std::shared_ptr<BucketRegions> regions_;
};

}  // namespace

void register_bucket_redirect(const ServiceModel& model, Events& events) {
  if (model.service_name() != "s3") return;
  // Name and payload are certain, so that this cannot fail.
  (void)events.register_handler("needs-retry.s3",
                                BucketRedirect(std::make_shared<BucketRegions>()));
}

}  // namespace botocxx::customize

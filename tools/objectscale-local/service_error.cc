#include "service_error.h"

#include <algorithm>
#include <array>

namespace botocxx::objectscale {
namespace {

struct KnownError {
  std::string_view code;
  int status;
  std::string_view message;
};

constexpr auto kErrors = std::to_array<KnownError>({
    {"AccessDenied", 403, "Access Denied"},
    {"BadDigest", 400, "The digest you specified did not match what was received."},
    {"BucketAlreadyOwnedByYou", 409, "The bucket exists already and belongs to you."},
    {"BucketNotEmpty", 409, "The bucket you tried to delete is not empty."},
    {"EntityTooLarge", 400, "The upload is larger than allowed."},
    {"EntityTooSmall", 400, "A part other than the last is smaller than allowed."},
    {"IncompleteBody", 400, "Fewer octets arrived than the Content-Length header announced."},
    {"InternalError", 500, "An internal error occurred. Please try again."},
    {"InvalidArgument", 400, "Invalid Argument"},
    {"InvalidBucketName", 400, "The bucket name is not valid."},
    {"InvalidBucketState", 409, "The bucket's state does not allow this."},
    {"InvalidCopyRange", 400, "A range of a segment is not valid."},
    {"InvalidCopySource", 400, "A segment's source is not valid."},
    {"InvalidDigest", 400, "The Content-MD5 you specified is not valid."},
    {"InvalidPart", 400, "One or more of the parts could not be found, or have another ETag."},
    {"InvalidPartOrder", 400, "The list of parts was not in ascending order."},
    {"InvalidRange", 416, "The requested range is not satisfiable"},
    {"InvalidRequest", 400, "Invalid Request"},
    {"InvalidURI", 400, "The request's URI can't be understood."},
    {"KeyTooLongError", 400, "The key is longer than 1024 octets."},
    {"MalformedXML", 400, "The XML you provided was not well-formed or did not fit its schema."},
    {"MaxMessageLengthExceeded", 400, "The request was too large."},
    {"MetadataTooLarge", 400, "The user metadata is larger than 2 KB."},
    {"MethodNotAllowed", 405, "The method is not allowed against this resource."},
    {"MissingContentLength", 411, "The Content-Length header is required."},
    {"NoSuchBucket", 404, "The specified bucket does not exist"},
    {"NoSuchKey", 404, "The specified key does not exist."},
    {"NoSuchUpload", 404,
     "The upload does not exist: the id is wrong, or it was completed or aborted."},
    {"NoSuchVersion", 404, "The specified version does not exist."},
    {"NotImplemented", 501, "This endpoint does not implement that."},
    {"NotModified", 304, "Not Modified"},
    {"ObjectUnderRetention", 409, "The object is under retention and can't be changed or deleted."},
    {"PreconditionFailed", 412, "A precondition that you specified did not hold."},
    {"XAmzContentSHA256Mismatch", 400,
     "The x-amz-content-sha256 you specified did not match what was received."},
    {kSearchNotEnabled, 400, "Metadata search is not enabled for this bucket."},
    {kInvalidSearchList, 400,
     "The list of metadata keys is malformed or names a key that can't be indexed."},
});

const KnownError* find(std::string_view code) {
  const auto* found = std::ranges::find(kErrors, code, &KnownError::code);
  return found == kErrors.end() ? nullptr : found;
}

}  // namespace

Error service_error(std::string_view code, std::string message) {
  const KnownError* known = find(code);
  return Error(ErrorKind::kService, std::string(code), std::move(message))
      .with_status(known ? known->status : 400);
}

Error service_error(std::string_view code) {
  const KnownError* known = find(code);
  return service_error(code, std::string(known ? known->message : code));
}

}  // namespace botocxx::objectscale

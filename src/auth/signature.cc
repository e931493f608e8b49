#include "auth/signature.h"

namespace botocxx::auth {

void apply(const SignatureAdditions& additions, HttpRequest& request) {
  for (const std::string& name : additions.removed_headers) request.headers.remove(name);
  // botocore removes what it replaces and appends.
  for (const Headers::Field& field : additions.headers) {
    request.headers.remove(field.name);
    request.headers.add(field.name, field.value);
  }
  if (additions.query) {
    request.url.query = *additions.query;
    request.url.has_query = true;
  }
  if (additions.body) request.body = Body(*additions.body);
}

}  // namespace botocxx::auth

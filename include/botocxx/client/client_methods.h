#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/client/response.h>
#include <botocxx/value/value.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

class Client;
struct CallOptions;

/// A callable operation that a handler of "creating-client-class" gives to a client.
/// `Response::of(output)` makes its result. Called on many threads at a time.
using ClientMethod =
    std::function<Result<Response>(const Client&, const Value& params, const CallOptions&)>;

/// What a client can be called with besides its model's operations. Names are compared as they
/// stand: a method "put_object" is what `call("put_object")` calls, and `call("PutObject")` still
/// calls the operation.
class BOTOCXX_EXPORT ClientMethods {
 public:
  /// Adds or replaces.
  void set(std::string name, ClientMethod method);
  /// Takes a method or operation away; an operation under both of its spellings.
  void remove(std::string_view name);

  /// Null when there is none of this name.
  const ClientMethod* find(std::string_view name) const;
  bool removed(std::string_view name) const;

 private:
  std::map<std::string, ClientMethod, std::less<>> methods_;
  std::set<std::string, std::less<>> removed_;
};

}  // namespace botocxx::inline v1

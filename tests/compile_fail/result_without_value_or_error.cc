// expect: no matching function
#include <botocxx/base/result.h>

void user() {
#ifdef SHOULD_COMPILE
  botocxx::Result<int> result(1);
#else
  botocxx::Result<int> result;
#endif
  static_cast<void>(result);
}

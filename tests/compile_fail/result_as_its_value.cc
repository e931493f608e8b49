// expect: cannot convert|no viable conversion
#include <botocxx/base/result.h>

botocxx::Result<int> call();

int user() {
#ifdef SHOULD_COMPILE
  return call().value();
#else
  return call();
#endif
}

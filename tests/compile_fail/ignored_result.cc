// expect: nodiscard|unused-result
#include <botocxx/base/result.h>

botocxx::Result<int> call();

void user() {
#ifdef SHOULD_COMPILE
  auto result = call();
  static_cast<void>(result);
#else
  call();
#endif
}
